package skyawg.protocol.multipath;

import skyawg.protocol.wire.WireClock;

/**
 * How long the receiver waits for a packet that others overtook: largest minus smallest one-way delay of the paths in
 * use, and four deviations of that difference.
 */
public final class ReorderDeadline {
    public static final long MAX_NANOS = 50_000_000;
    /** Queues build up within a round trip, and paths are read in batches: less than this is never enough. */
    static final long MIN_NANOS = 5_000_000;
    /** A path without user data for longer is not in use, however slow it is. */
    static final long IN_USE_NANOS = 10_000_000_000L;

    private static final int DEVIATIONS = 4;

    private ReorderDeadline() {}

    /**
     * Works it out: some time every few milliseconds, not for each packet.
     *
     * @param paths only the first {@code count}
     */
    public static long nanos(ReceivePath[] paths, int count, long nowNanos) {
        OneWayDelay slowest = null;
        OneWayDelay fastest = null;
        for (int i = 0; i < count; i++) {
            OneWayDelay delay = paths[i].delay();
            if (!paths[i].isInUse(IN_USE_NANOS, nowNanos)) {
                continue;
            }
            if (slowest == null || delay.meanMicros() - slowest.meanMicros() > 0) {
                slowest = delay;
            }
            if (fastest == null || delay.meanMicros() - fastest.meanMicros() < 0) {
                fastest = delay;
            }
        }
        if (slowest == null || fastest == null) {
            return MIN_NANOS;
        }
        double deviation = Math.sqrt(slowest.varianceMicros() + fastest.varianceMicros());
        double micros = slowest.meanMicros() - fastest.meanMicros() + DEVIATIONS * deviation;
        return Math.clamp((long) (micros * WireClock.NANOS_PER_MICRO), MIN_NANOS, MAX_NANOS);
    }
}
