package skyawg.protocol.noise;

/**
 * The time of day, for timestamps in initiations and for the "latest handshake" people see. It may jump; everything
 * that measures an interval uses {@code nowNanos} of a monotonic clock instead.
 */
@FunctionalInterface
public interface WallClock {
    /** Nanoseconds since 1970-01-01 UTC. */
    long unixNanos();
}
