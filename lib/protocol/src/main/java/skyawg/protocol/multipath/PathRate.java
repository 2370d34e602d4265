package skyawg.protocol.multipath;

import skyawg.protocol.wire.WireClock;

/**
 * What a path can carry, from what the other end says it received and when, all in its clock. What was delivered in a
 * few milliseconds is a lower bound, and a bit more is taken to be possible. What was delivered while packets queued on
 * the way the whole time is what the path carries: only that lowers the estimate.
 */
final class PathRate {
    /** A guess before the first sample: 100 Mbit/s, in bytes per nanosecond. */
    static final double FIRST_GUESS = 0.0125;
    /** A queue that is longer than this, in time, is one, and no jitter. */
    static final long QUEUE_NANOS = 2_000_000;

    private static final int SHORT_MICROS = 5_000;
    private static final int LONG_MICROS = 50_000;
    private static final double HEADROOM = 1.25;

    private boolean hasBase;
    private int shortBytes;
    private int shortMicros;
    private int longBytes;
    private int longMicros;
    /** The shortest queue since the long window began. */
    private long shortestQueue;

    private double rate = FIRST_GUESS;
    private double delivered;

    /**
     * Takes what an ACK block says.
     *
     * @param bytes received since the LSP began, wrapping
     * @param receivedMicros when the newest packet came, wrapping
     * @param queueNanos how much longer than ever before lately that packet was on its way
     */
    void add(int bytes, int receivedMicros, long queueNanos) {
        if (!hasBase || receivedMicros - longMicros < 0) {
            hasBase = true;
            beginShort(bytes, receivedMicros);
            beginLong(bytes, receivedMicros, queueNanos);
            return;
        }
        shortestQueue = Math.min(shortestQueue, queueNanos);
        if (receivedMicros - shortMicros >= SHORT_MICROS) {
            raise(rate(bytes - shortBytes, receivedMicros - shortMicros), queueNanos < QUEUE_NANOS);
            beginShort(bytes, receivedMicros);
        }
        if (receivedMicros - longMicros >= LONG_MICROS) {
            delivered = rate(bytes - longBytes, receivedMicros - longMicros);
            if (shortestQueue >= QUEUE_NANOS && delivered > 0) {
                rate = delivered;
            }
            beginLong(bytes, receivedMicros, queueNanos);
        }
    }

    private void raise(double sample, boolean hasHeadroom) {
        rate = Math.max(rate, hasHeadroom ? sample * HEADROOM : sample);
    }

    private void beginShort(int bytes, int micros) {
        shortBytes = bytes;
        shortMicros = micros;
    }

    private void beginLong(int bytes, int micros, long queueNanos) {
        longBytes = bytes;
        longMicros = micros;
        shortestQueue = queueNanos;
    }

    private static double rate(int bytes, int micros) {
        return bytes / (double) (micros * WireClock.NANOS_PER_MICRO);
    }

    /** Bytes per nanosecond that the path is taken to carry. */
    double bytesPerNano() {
        return rate;
    }

    /** Bytes per second of the last 50 ms; 0 before. */
    long deliveredBytesPerSecond() {
        return (long) (delivered * 1_000_000_000L);
    }
}
