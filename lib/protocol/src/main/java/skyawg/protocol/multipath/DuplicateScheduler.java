package skyawg.protocol.multipath;

/** Every packet on the two paths on which it would arrive first, or on the one there is. */
public final class DuplicateScheduler implements Scheduler {
    @Override
    public int choose(SendPaths paths, int bodyLength, int flowHash, long nowNanos) {
        int slots = paths.measured(paths.candidates());
        if (Integer.bitCount(slots) < 2) {
            slots = paths.candidates();
        }
        int first = earliest(paths, slots, bodyLength, nowNanos);
        return first | earliest(paths, slots & ~first, bodyLength, nowNanos);
    }

    private static int earliest(SendPaths paths, int slots, int bodyLength, long nowNanos) {
        if (slots == SendPaths.NONE) {
            return SendPaths.NONE;
        }
        int best = Integer.numberOfTrailingZeros(slots);
        int reference = paths.path(best).delayFloorMicros();
        long earliest = Long.MAX_VALUE;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            long arrival = paths.path(slot).arrivalNanos(bodyLength, nowNanos, reference);
            if (arrival < earliest) {
                earliest = arrival;
                best = slot;
            }
        }
        return 1 << best;
    }
}
