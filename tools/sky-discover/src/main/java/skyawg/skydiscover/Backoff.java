package skyawg.skydiscover;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time, up to a bound, and a quarter more or less by chance.
 */
final class Backoff {
    private static final double SPREAD = 0.25;

    private final long minNanos;
    private final long maxNanos;
    private final RandomGenerator random;
    private long nanos;

    Backoff(Duration min, Duration max, RandomGenerator random) {
        this.minNanos = min.toNanos();
        this.maxNanos = max.toNanos();
        this.random = random;
        this.nanos = minNanos;
    }

    /** Nanoseconds until the next try. */
    long next() {
        long wait = nanos;
        nanos = Math.min(2 * nanos, maxNanos);
        return (long) (wait * random.nextDouble(1 - SPREAD, 1 + SPREAD));
    }

    /** All is well again. */
    void reset() {
        nanos = minNanos;
    }
}
