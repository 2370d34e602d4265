package skyawg.mesh.tunnel;

import java.nio.ByteBuffer;
import java.util.Arrays;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;

/**
 * Asks hops of a path whether they are there, all at once: the transits by hop echo, the egress by an echo from end to
 * end. In mode fast the transits take no messages, and only the egress is asked.
 *
 * <p>The first hop that doesn't answer shows where a path is broken: something is wrong with it, or with the link
 * before it, in either direction. A hop can lie, but only about itself and what lies behind it. On the conductor.
 */
public final class PathInquiry {
    /** Who has not answered by then does not. */
    public static final long PATIENCE_NANOS = 1_000_000_000L;

    private static final long UNANSWERED = -1;

    private final long token;
    private final long askedNanos;
    private final long[] roundTrips;
    private final boolean hasTransits;
    private final Runnable whenComplete;

    /** Whom to ask. */
    public enum Whom {
        ALL_HOPS,
        EGRESS
    }

    private PathInquiry(int hops, boolean hasTransits, Runnable whenComplete, long token, long nowNanos) {
        this.whenComplete = whenComplete;
        this.token = token;
        this.askedNanos = nowNanos;
        this.hasTransits = hasTransits;
        roundTrips = new long[hops];
        Arrays.fill(roundTrips, UNANSWERED);
    }

    /**
     * @param hops of the LSP, with the egress
     * @param whenComplete called once all have answered that were asked
     */
    static <A> PathInquiry begin(
            Lsp<A, LspCiphers> lsp,
            int hops,
            Whom whom,
            Runnable whenComplete,
            TunnelPackets<A> packets,
            Entropy entropy,
            long nowNanos) {
        boolean hasTransits = whom == Whom.ALL_HOPS && lsp.mode() == LspMode.ONION;
        PathInquiry inquiry = new PathInquiry(hops, hasTransits, whenComplete, entropy.nextLong(), nowNanos);
        if (hasTransits) {
            for (int hop = 1; hop < hops; hop++) {
                packets.askHop(lsp, hop, inquiry.token + hop);
            }
        }
        packets.send(lsp, Kind.ECHO_REQUEST, bytes(inquiry.token + hops));
        return inquiry;
    }

    private static byte[] bytes(long token) {
        return ByteBuffer.allocate(Kind.TOKEN_LENGTH).putLong(token).array();
    }

    /**
     * An answer has come from this hop.
     *
     * @param hop 1 is the first; the egress is the last
     */
    void onAnswer(int hop, long answered, long nowNanos) {
        boolean isOurs = hop >= 1 && hop <= roundTrips.length && answered == token + hop;
        if (isOurs && roundTrips[hop - 1] == UNANSWERED) {
            roundTrips[hop - 1] = nowNanos - askedNanos;
            if (isComplete()) {
                whenComplete.run();
            }
        }
    }

    /** All have answered that were asked. */
    public boolean isComplete() {
        for (int hop = 1; hop <= roundTrips.length; hop++) {
            if (isAsked(hop) && !hasAnswered(hop)) {
                return false;
            }
        }
        return true;
    }

    /** Hops of the path, with the egress. */
    public int hops() {
        return roundTrips.length;
    }

    /** Whether this hop was asked. */
    public boolean isAsked(int hop) {
        return hasTransits || hop == roundTrips.length;
    }

    public boolean hasAnswered(int hop) {
        return roundTrips[hop - 1] != UNANSWERED;
    }

    /** How long the answer of a hop took that {@link #hasAnswered}. */
    public long roundTripNanos(int hop) {
        return roundTrips[hop - 1];
    }

    /**
     * Up to which hop the path is whole: the number of the last one before the first that does not answer, 0 for none.
     * In mode fast 0, or all.
     */
    public int reach() {
        int reach = 0;
        while (reach < roundTrips.length && hasAnswered(reach + 1)) {
            reach++;
        }
        return !hasTransits && hasAnswered(roundTrips.length) ? roundTrips.length : reach;
    }

    /** Whether {@link #reach} tells anything about the place of a break. */
    boolean findsPlaces() {
        return hasTransits;
    }
}
