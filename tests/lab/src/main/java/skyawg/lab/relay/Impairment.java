package skyawg.lab.relay;

import skyawg.protocol.crypto.SeededEntropy;

/**
 * What happens to each datagram of one direction, drawn from a seed. Probabilities are 0 to 1.
 *
 * @param loss not passed on
 * @param duplicate passed on twice
 * @param corrupt one bit is changed
 * @param reorder held back until 1 to {@code depth} later ones have passed
 */
record Impairment(double loss, double duplicate, double corrupt, double reorder, int depth) {
    Impairment {
        if (depth < 1 || depth > 4096) {
            throw new IllegalArgumentException("--depth is 1 to 4096 packets, not " + depth);
        }
    }

    /** True with a probability; always draws one number, so that one seed gives one fate to the n-th datagram. */
    static boolean happens(SeededEntropy dice, double probability) {
        return (dice.nextLong() >>> 11) * 0x1.0p-53 < probability;
    }
}
