package skyawg.protocol.multipath;

/**
 * Bytes in proportion to the paths' weights: each path earns its share of every packet, and the one that carries it
 * pays for it whole. A path carries on until another has earned more by {@value #BURST_BYTES} bytes, since packets of
 * one path in a row are sent together.
 */
public final class WeightedScheduler implements Scheduler {
    static final int BURST_BYTES = 20_000;

    private final double[] earned = new double[SendPaths.MAX_PATHS];
    private int current = -1;

    @Override
    public int choose(SendPaths paths, int bodyLength, int flowHash, long nowNanos) {
        int slots = paths.candidates();
        double sum = 0;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            sum += paths.path(Integer.numberOfTrailingZeros(rest)).share();
        }
        int best = -1;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            earned[slot] += bodyLength * paths.path(slot).share() / sum;
            if (best < 0 || earned[slot] > earned[best]) {
                best = slot;
            }
        }
        if (best < 0) {
            return SendPaths.NONE;
        }
        boolean mayGoOn = current >= 0 && (slots >>> current & 1) != 0;
        if (!mayGoOn || earned[best] - earned[current] > BURST_BYTES) {
            current = best;
        }
        earned[current] -= bodyLength;
        return 1 << current;
    }
}
