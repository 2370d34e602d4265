package skyawg.protocol.multipath;

/**
 * Smoothed one-way delay of a path and its deviation over the last quarter of a second, in microseconds between two
 * clocks that do not agree: only differences between paths of one tunnel and direction mean something.
 */
public final class OneWayDelay {
    private static final double SPAN_NANOS = 250_000_000;
    private static final double MAX_GAIN = 0.25;
    /** A deviation to begin with, in microseconds: a new path is not trusted to be steady. */
    private static final double FIRST_DEVIATION = 5_000;

    private boolean hasSample;
    private int reference;
    private double mean;
    private double variance = FIRST_DEVIATION * FIRST_DEVIATION;
    private long lastNanos;

    /** @param micros receive time minus send time, wrapping */
    void add(int micros, long nowNanos) {
        if (!hasSample) {
            hasSample = true;
            reference = micros;
            lastNanos = nowNanos;
            return;
        }
        // A sample counts for the time since the one before, so that busy paths do not forget faster than quiet ones.
        double gain = Math.clamp((nowNanos - lastNanos) / SPAN_NANOS, 0, MAX_GAIN);
        double error = (micros - reference) - mean;
        mean += gain * error;
        variance += gain * (error * error - variance);
        lastNanos = nowNanos;
    }

    public boolean isKnown() {
        return hasSample;
    }

    /** Wraps: compare two by the sign of their difference. */
    public int meanMicros() {
        return reference + (int) mean;
    }

    double varianceMicros() {
        return variance;
    }
}
