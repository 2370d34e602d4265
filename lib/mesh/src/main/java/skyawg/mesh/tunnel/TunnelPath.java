package skyawg.mesh.tunnel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.path.Path;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.ReplyRecord;

/**
 * One path of a tunnel, as its ingress knows it.
 *
 * <pre>
 *   set up - established - up, when its probe was answered - due: another is sought in its place
 *                                                          - retiring: no user's packet takes it any more
 * </pre>
 */
final class TunnelPath<A> {
    /** What a path's probe may take, in which it is repeated twice. */
    static final long PROBE_NANOS = 2_000_000_000L;

    private static final long PROBE_SPACING_NANOS = 600_000_000L;

    /** How long a path may be suspect before it is given up. */
    static final long SUSPECT_NANOS = 3_000_000_000L;

    private final Path path;
    private final int lspNumber;
    private final long token;
    private final long begunNanos;
    private @Nullable Lsp<A, LspCiphers> lsp;
    private List<ReplyRecord> replies = List.of();
    private long establishedNanos;
    private long probedNanos;
    private long roundTripNanos;
    private boolean isCreator;
    private boolean isUp;
    private boolean isSuspect;
    private boolean isSaidBroken;
    private long suspectNanos;
    private @Nullable PathAge age;
    private @Nullable Farewell farewell;
    private boolean hasLeft;
    private @Nullable PathInquiry inquiry;

    /** @param token of its probe, random */
    TunnelPath(Path path, int lspNumber, long token, long nowNanos) {
        this.path = path;
        this.lspNumber = lspNumber;
        this.token = token;
        this.begunNanos = nowNanos;
    }

    Path path() {
        return path;
    }

    int lspNumber() {
        return lspNumber;
    }

    long token() {
        return token;
    }

    /** Null until every hop has agreed. */
    @Nullable
    Lsp<A, LspCiphers> lsp() {
        return lsp;
    }

    List<ReplyRecord> replies() {
        return replies;
    }

    void establish(Lsp<A, LspCiphers> established, List<ReplyRecord> said, PathAge itsAge, long nowNanos) {
        lsp = established;
        replies = said;
        age = itsAge;
        establishedNanos = nowNanos;
        probedNanos = nowNanos - PROBE_SPACING_NANOS;
    }

    /** It has created the tunnel: the first answer about keys is its probe. */
    void markCreator() {
        isCreator = true;
    }

    boolean isCreator() {
        return isCreator;
    }

    /** Payload came back through it. */
    void markUp(long nowNanos) {
        isUp = true;
        roundTripNanos = nowNanos - probedNanos;
    }

    boolean isUp() {
        return isUp;
    }

    /** Whether users' packets may take it. */
    boolean isInUse() {
        return isUp && farewell == null;
    }

    /** Of its probe. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** From the wish for it until every hop had agreed: with a handshake, where there was no link to the first hop. */
    long setupNanos() {
        return establishedNanos - begunNanos;
    }

    /** @return true when a probe is to be sent now */
    boolean probe(long nowNanos) {
        if (lsp == null || isUp || nowNanos - probedNanos < PROBE_SPACING_NANOS) {
            return false;
        }
        probedNanos = nowNanos;
        return true;
    }

    /** Every hop agreed, and nothing came back in time. */
    boolean isSilent(long nowNanos) {
        return lsp != null && !isUp && nowNanos - establishedNanos >= PROBE_NANOS;
    }

    /** What is sent on it is not acknowledged in time. */
    void suspect(long nowNanos) {
        if (!isSuspect) {
            isSuspect = true;
            suspectNanos = nowNanos;
        }
    }

    /** @return true when a transit had said that the path is broken: that is over */
    boolean trust() {
        boolean wasSaidBroken = isSaidBroken;
        isSuspect = false;
        isSaidBroken = false;
        return wasSaidBroken;
    }

    /** A transit says that the link behind it is broken. @return true when that is news */
    boolean sayBroken() {
        boolean isNews = !isSaidBroken;
        isSaidBroken = true;
        return isNews;
    }

    boolean isSaidBroken() {
        return isSaidBroken;
    }

    boolean isSuspect() {
        return isSuspect;
    }

    void setInquiry(PathInquiry begun) {
        inquiry = begun;
    }

    /** The last one. */
    @Nullable
    PathInquiry inquiry() {
        return inquiry;
    }

    /** It has been suspect for so long that what is sent on it must be getting lost. */
    boolean isLost(long nowNanos) {
        return isSuspect && nowNanos - suspectNanos >= SUSPECT_NANOS;
    }

    /** Whether another is wanted in its place. */
    boolean isDue() {
        return age != null && age.isDue();
    }

    /** @return true when it has become due just now */
    boolean becomesDue(long nowNanos) {
        return age != null && isUp && age.becomesDue(nowNanos);
    }

    /** Another is wanted in its place, early. */
    void makeDue() {
        if (age != null) {
            age.makeDue();
        }
    }

    /** Whether its lifetime is about to be over. */
    boolean isExpiring(long nowNanos) {
        return age != null && isUp && age.isExpiring(nowNanos);
    }

    /** No user's packet takes it any more. */
    void retire(long nowNanos) {
        farewell = new Farewell(nowNanos);
    }

    /** Null until it is retired. */
    @Nullable
    Farewell farewell() {
        return farewell;
    }

    /** @return true once, for one that was up: users' packets have left it */
    boolean takeLeave() {
        boolean leaves = isUp && !hasLeft;
        hasLeft = true;
        return leaves;
    }

    /** When one of the above next says something else; far away while there is nothing to say. */
    long nextDeadline(long nowNanos) {
        if (lsp == null || age == null) {
            return Deadlines.NEVER;
        }
        if (farewell != null) {
            return farewell.nextNanos();
        }
        if (isUp) {
            long suspicion = isSuspect ? suspectNanos + SUSPECT_NANOS : Deadlines.NEVER;
            return Deadlines.earlier(suspicion, age.nextDeadline(nowNanos), nowNanos);
        }
        return Deadlines.earlier(probedNanos + PROBE_SPACING_NANOS, establishedNanos + PROBE_NANOS, nowNanos);
    }
}
