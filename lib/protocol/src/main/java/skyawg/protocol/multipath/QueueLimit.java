package skyawg.protocol.multipath;

/**
 * How long, in time, the queue on a path may become before the path loses packets: learnt from the queue there was when
 * it did. Losses without a queue have other causes and teach nothing here.
 */
final class QueueLimit {
    /** No limit is known. */
    static final long UNLIMITED = 1_000_000_000;

    private static final double BACK_OFF = 0.9;
    /** A limit that was not reached for is not raised. */
    private static final double TESTED = 0.75;

    private static final double GROWTH = 1.0 / 1024;

    private long limit = UNLIMITED;
    private long longest;
    private long changedNanos;
    private boolean hasChanged;

    /**
     * Takes one ACK block.
     *
     * @param queueNanos of the newest packet
     * @param losses packets that are missing now and were not before
     */
    void add(long queueNanos, int losses, long roundTripNanos, long nowNanos) {
        longest = Math.max(longest, queueNanos);
        if (hasChanged && nowNanos - changedNanos < roundTripNanos) {
            return;
        }
        if (losses > 0 && longest >= PathRate.QUEUE_NANOS) {
            limit = Math.max(PathRate.QUEUE_NANOS, (long) (longest * BACK_OFF));
        } else if (longest >= limit * TESTED) {
            limit = Math.min(UNLIMITED, limit + (long) (limit * GROWTH));
        }
        longest = queueNanos;
        changedNanos = nowNanos;
        hasChanged = true;
    }

    long nanos() {
        return limit;
    }
}
