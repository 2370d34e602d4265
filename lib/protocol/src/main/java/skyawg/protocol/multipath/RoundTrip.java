package skyawg.protocol.multipath;

import skyawg.protocol.wire.WireClock;

/** Smoothed round-trip time and its variation, as RFC 6298 §2 has them, in nanoseconds. */
final class RoundTrip {
    /** A sample beyond belongs to a lie or a stopped clock. */
    static final long MAX_NANOS = 60_000_000_000L;

    private boolean hasSample;
    private long smoothed;
    private long variation;
    private final DelayFloor floor = new DelayFloor();

    void add(long nanos, long nowNanos) {
        if (nanos < 0 || nanos > MAX_NANOS) {
            return;
        }
        floor.add((int) (nanos / WireClock.NANOS_PER_MICRO), nowNanos);
        if (!hasSample) {
            hasSample = true;
            smoothed = nanos;
            variation = nanos / 2;
            return;
        }
        variation += (Math.abs(nanos - smoothed) - variation) / 4;
        smoothed += (nanos - smoothed) / 8;
    }

    boolean isKnown() {
        return hasSample;
    }

    long smoothedNanos() {
        return smoothed;
    }

    long variationNanos() {
        return variation;
    }

    long minNanos() {
        return floor.micros() * WireClock.NANOS_PER_MICRO;
    }
}
