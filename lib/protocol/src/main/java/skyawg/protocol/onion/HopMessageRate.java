package skyawg.protocol.onion;

/**
 * How many hop messages one side of an LSP may send: at most 20 in any second. A bucket of five, refilled at 15 a
 * second. One thread at a time.
 */
public final class HopMessageRate {
    static final int BURST = 5;

    /** Nanoseconds of waiting that one message costs. */
    private static final long COST = 1_000_000_000L / 15;

    private static final long CAPACITY = BURST * COST;

    private long tokens = CAPACITY;
    private long lastNanos;

    public HopMessageRate(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** Takes a message's worth. @return false when it must not be sent */
    public boolean allow(long nowNanos) {
        tokens = Math.min(CAPACITY, tokens + (nowNanos - lastNanos));
        lastNanos = nowNanos;
        if (tokens < COST) {
            return false;
        }
        tokens -= COST;
        return true;
    }
}
