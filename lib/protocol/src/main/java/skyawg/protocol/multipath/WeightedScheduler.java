package skyawg.protocol.multipath;

/**
 * Bytes in proportion to the paths' weights, as evenly mixed as packets allow: each path earns its share of every
 * packet, the one that has earned most carries it and pays for it whole.
 */
public final class WeightedScheduler implements Scheduler {
    private final double[] earned = new double[SendPaths.MAX_PATHS];

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
        earned[best] -= bodyLength;
        return 1 << best;
    }
}
