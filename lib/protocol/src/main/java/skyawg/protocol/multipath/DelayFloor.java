package skyawg.protocol.multipath;

/** The smallest of the delays seen in the last 15 to 30 s, in microseconds that may be between two clocks, and wrap. */
final class DelayFloor {
    private static final long HALF_NANOS = 15_000_000_000L;

    private boolean hasSample;
    private int current;
    private int previous;
    private long beganNanos;

    void add(int micros, long nowNanos) {
        if (!hasSample) {
            hasSample = true;
            current = micros;
            previous = micros;
            beganNanos = nowNanos;
            return;
        }
        if (nowNanos - beganNanos > HALF_NANOS) {
            previous = nowNanos - beganNanos > 2 * HALF_NANOS ? micros : current;
            current = micros;
            beganNanos = nowNanos;
        }
        if (micros - current < 0) {
            current = micros;
        }
    }

    boolean isKnown() {
        return hasSample;
    }

    int micros() {
        return previous - current < 0 ? previous : current;
    }
}
