package skyawg.protocol.setup;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.TokenBucket;

/**
 * How many set-ups a node looks at, decided before any DH: each neighbour has a token bucket, and so has the node. One
 * thread at a time.
 */
public final class SetupAdmission {
    public static final int NEIGHBOUR_PER_SECOND = 10;
    public static final int NEIGHBOUR_BURST = 50;
    public static final int NODE_PER_SECOND = 200;
    /** A second's worth: to open and answer them all takes some 30 ms of a core. */
    public static final int NODE_BURST = 200;

    private final TokenBucket node;

    public SetupAdmission(long nowNanos) {
        node = new TokenBucket(NODE_PER_SECOND, NODE_BURST, nowNanos);
    }

    /** The tokens of a new neighbour, kept with its adjacency. */
    public static TokenBucket neighbour(long nowNanos) {
        return new TokenBucket(NEIGHBOUR_PER_SECOND, NEIGHBOUR_BURST, nowNanos);
    }

    /** Takes the tokens for one set-up. @return why it is to be dropped, or null */
    public @Nullable SetupDrop admit(TokenBucket neighbour, long nowNanos) {
        if (!neighbour.take(nowNanos)) {
            return SetupDrop.NEIGHBOUR_RATE;
        }
        return node.take(nowNanos) ? null : SetupDrop.NODE_RATE;
    }
}
