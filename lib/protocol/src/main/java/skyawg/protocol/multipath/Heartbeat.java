package skyawg.protocol.multipath;

import skyawg.protocol.crypto.Entropy;

/**
 * How often each end of a tunnel sends at least something on every active and warm path: each 100 ms while user data
 * went either way in the last 5 s, else each second, after a minute each 10 s; all times 0.75 to 1.25.
 */
public final class Heartbeat {
    static final long BUSY_NANOS = 100_000_000;
    static final long QUIET_NANOS = 1_000_000_000;
    static final long IDLE_NANOS = 10_000_000_000L;
    static final long BUSY_FOR_NANOS = 5_000_000_000L;
    static final long QUIET_FOR_NANOS = 60_000_000_000L;

    private static final int SCALE = 1024;

    private boolean hasCarried;
    private long lastUserDataNanos;
    private long beganNanos;

    public Heartbeat(long nowNanos) {
        this.beganNanos = nowNanos;
    }

    /** User data was sent or received. */
    public void onUserData(long nowNanos) {
        hasCarried = true;
        lastUserDataNanos = nowNanos;
    }

    /** The interval without its jitter. */
    public long intervalNanos(long nowNanos) {
        long quietFor = nowNanos - (hasCarried ? lastUserDataNanos : beganNanos);
        if (hasCarried && quietFor < BUSY_FOR_NANOS) {
            return BUSY_NANOS;
        }
        return quietFor < QUIET_FOR_NANOS ? QUIET_NANOS : IDLE_NANOS;
    }

    /** One interval with its jitter, drawn anew. */
    static long jittered(long intervalNanos, Entropy entropy) {
        return intervalNanos * entropy.uniform(SCALE * 3 / 4, SCALE * 5 / 4) / SCALE;
    }
}
