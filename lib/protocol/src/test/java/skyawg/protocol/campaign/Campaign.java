package skyawg.protocol.campaign;

import java.util.function.LongConsumer;

/**
 * Sizes a generated test by the environment variable {@code SCALE}: 1, the default, is the size of a normal run, 50 one
 * to leave running, 0.1 a quick look. Prints the size it ran, and the seed that failed.
 */
public final class Campaign {
    private static final long FIRST_SEED = 0x5eed_0000L;

    private Campaign() {}

    /** How many inputs to try where a normal run tries {@code normal}; at least one. */
    public static long size(String what, long normal) {
        String scale = System.getenv("SCALE");
        double factor = scale == null || scale.isEmpty() ? 1 : Double.parseDouble(scale);
        long size = Math.max(1, Math.round(normal * factor));
        System.out.println(what + ": " + size + " inputs");
        return size;
    }

    /** Runs the case once for each seed; a failure names its seed, which the case can be run with alone. */
    public static void run(String what, long normal, LongConsumer seededCase) {
        long size = size(what, normal);
        for (long seed = FIRST_SEED; seed < FIRST_SEED + size; seed++) {
            try {
                seededCase.accept(seed);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(what + ": seed " + seed + ": " + e.getMessage(), e);
            }
        }
    }
}
