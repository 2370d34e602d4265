package skyawg.protocol.mpls;

/**
 * At most so many messages of one sort to a peer in any second: link test answers (3), answers to unknown labels (10),
 * records (1). Remembers when the last ones went. One thread.
 */
public final class MessageAllowance {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Times of the last messages, in a ring; the oldest at {@code next} once the ring is full. */
    private final long[] sent;

    private int count;
    private int next;

    /** @param perSecond from 1 */
    public MessageAllowance(int perSecond) {
        if (perSecond < 1) {
            throw new IllegalArgumentException("an allowance is at least one message a second, not " + perSecond);
        }
        sent = new long[perSecond];
    }

    /** Asks for one message. @return false when a second has had its number: send nothing */
    public boolean take(long nowNanos) {
        if (count == sent.length) {
            if (nowNanos - sent[next] < NANOS_PER_SECOND) {
                return false;
            }
        } else {
            count++;
        }
        sent[next] = nowNanos;
        next = (next + 1) % sent.length;
        return true;
    }
}
