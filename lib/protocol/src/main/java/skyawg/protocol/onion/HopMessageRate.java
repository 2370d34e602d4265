package skyawg.protocol.onion;

import skyawg.protocol.mpls.TokenBucket;

/**
 * How many hop messages one side of an LSP may send: at most 20 in any second. A bucket of five, refilled at 15 a
 * second. One thread at a time.
 */
public final class HopMessageRate {
    static final int BURST = 5;

    private static final int PER_SECOND = 15;

    private final TokenBucket bucket;

    public HopMessageRate(long nowNanos) {
        bucket = new TokenBucket(PER_SECOND, BURST, nowNanos);
    }

    /** Takes a message's worth. @return false when it must not be sent */
    public boolean allow(long nowNanos) {
        return bucket.take(nowNanos);
    }
}
