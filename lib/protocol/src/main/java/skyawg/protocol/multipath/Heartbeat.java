package skyawg.protocol.multipath;

import skyawg.protocol.liveness.EndToEndPulse;

/**
 * The interval at which each end of a tunnel sends at least something on every active and warm path: that of
 * {@link EndToEndPulse}, but for a tunnel that has carried nothing yet and is taken for a quiet one.
 */
public final class Heartbeat {
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
        return hasCarried
                ? EndToEndPulse.interval(lastUserDataNanos, nowNanos)
                : Math.max(EndToEndPulse.QUIET_INTERVAL, EndToEndPulse.interval(beganNanos, nowNanos));
    }
}
