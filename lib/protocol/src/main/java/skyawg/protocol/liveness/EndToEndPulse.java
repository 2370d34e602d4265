package skyawg.protocol.liveness;

import skyawg.protocol.crypto.Entropy;

/**
 * How often an end of an LSP must send something on it, so that the other end notices when the path breaks: every 100
 * ms while the tunnel carries user data and 5 s after, then every second, and every 10 s when there was none for a
 * minute; each interval times 0.75 to 1.25. Without data to send it is an empty packet with an ACK block.
 */
public final class EndToEndPulse {
    public static final long BUSY_INTERVAL = 100_000_000L;
    public static final long QUIET_INTERVAL = 1_000_000_000L;
    public static final long IDLE_INTERVAL = 10_000_000_000L;
    static final long BUSY_TIME = 5_000_000_000L;
    static final long QUIET_TIME = 60_000_000_000L;

    private static final int JITTER_SCALE = 1024;

    private EndToEndPulse() {}

    /** The interval without its jitter; three of them without an answer make a path suspect. */
    public static long interval(long lastUserDataNanos, long nowNanos) {
        long silence = nowNanos - lastUserDataNanos;
        return silence < BUSY_TIME ? BUSY_INTERVAL : silence < QUIET_TIME ? QUIET_INTERVAL : IDLE_INTERVAL;
    }

    /** A jitter of 0.75 to 1.25, for {@link #jittered}. */
    public static int drawJitter(Entropy entropy) {
        return (int) entropy.uniform(JITTER_SCALE * 3 / 4, JITTER_SCALE * 5 / 4);
    }

    public static long jittered(long intervalNanos, int jitter) {
        return intervalNanos * jitter / JITTER_SCALE;
    }
}
