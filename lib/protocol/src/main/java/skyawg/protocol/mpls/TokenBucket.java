package skyawg.protocol.mpls;

/** A rate with a burst. Full at first. One thread at a time. */
public final class TokenBucket {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Nanoseconds of waiting that one token costs. */
    private final long cost;

    private final long capacity;
    private long saved;
    private long lastNanos;

    /** @param perSecond 1 to 10^9 */
    public TokenBucket(int perSecond, int burst, long nowNanos) {
        cost = NANOS_PER_SECOND / perSecond;
        capacity = burst * cost;
        saved = capacity;
        lastNanos = nowNanos;
    }

    /** Takes a token. @return false when there is none */
    public boolean take(long nowNanos) {
        if (!hasToken(nowNanos)) {
            return false;
        }
        saved -= cost;
        return true;
    }

    /** Whether there is a token to take, for a caller that does not yet know whether it needs one. */
    public boolean hasToken(long nowNanos) {
        saved = Math.min(capacity, saved + (nowNanos - lastNanos));
        lastNanos = nowNanos;
        return saved >= cost;
    }
}
