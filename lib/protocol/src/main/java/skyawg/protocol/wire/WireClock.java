package skyawg.protocol.wire;

/** The clock of send and receive times on the wire: microseconds of an end's own monotonic clock, modulo 2^32. */
public final class WireClock {
    public static final long NANOS_PER_MICRO = 1000;

    private WireClock() {}

    public static int micros(long nowNanos) {
        return (int) Math.floorDiv(nowNanos, NANOS_PER_MICRO);
    }
}
