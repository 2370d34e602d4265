package skyawg.mesh.tunnel;

import java.nio.ByteBuffer;
import java.util.List;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;

/** Looks after the paths of a tunnel one by one: probes them, retires them, gives them up, and says what was found. */
final class PathUpkeep<A> {
    private static final byte[] NO_CONTENT = {};

    /** In which all who watch an egress have noticed that it is gone. */
    private static final long EGRESS_DOUBT_NANOS = 1_500_000_000L;

    private final LspSignalling<A> signalling;
    private final Paths paths;
    private final TunnelPackets<A> packets;
    private final Entropy entropy;
    private final TunnelPaths<A> members;
    private final SearchPause pause;
    private final int active;
    private long unixSeconds;

    /** @param active how many of the paths carry users' packets */
    PathUpkeep(
            LspSignalling<A> signalling,
            Paths paths,
            TunnelPackets<A> packets,
            Entropy entropy,
            TunnelPaths<A> members,
            SearchPause pause,
            int active) {
        this.signalling = signalling;
        this.paths = paths;
        this.packets = packets;
        this.entropy = entropy;
        this.members = members;
        this.pause = pause;
        this.active = active;
    }

    /** The wall clock's, as of the last call that told it. */
    long unixSeconds() {
        return unixSeconds;
    }

    void setUnixSeconds(long now) {
        unixSeconds = now;
    }

    /** Does what time demands for one path. */
    void attend(TunnelPath<A> member, long nowNanos) {
        Lsp<A, LspCiphers> lsp = member.lsp();
        if (lsp == null) {
            return;
        }
        if (member.farewell() != null) {
            bidFarewell(member, lsp, member.farewell(), nowNanos);
        } else if (member.isSilent(nowNanos) || member.isLost(nowNanos)) {
            giveUp(member, lsp, nowNanos);
        } else if (member.isExpiring(nowNanos) && members.hasOther(member)) {
            retire(member, nowNanos);
        } else if (member.becomesDue(nowNanos)) {
            pause.reset(nowNanos);
        } else if (!member.isCreator() && member.probe(nowNanos)) {
            echo(member, lsp);
        }
    }

    /** Another path is there in its place, or it is not needed any more. */
    void retire(TunnelPath<A> member, long nowNanos) {
        member.retire(nowNanos);
        leave(member);
        carryOnWhatIsUp();
        attend(member, nowNanos);
    }

    private void bidFarewell(TunnelPath<A> member, Lsp<A, LspCiphers> lsp, Farewell farewell, long nowNanos) {
        if (farewell.isOver(nowNanos)) {
            signalling.end(lsp, LspEnd.DONE, nowNanos);
        } else if (farewell.speak(member.roundTripNanos(), nowNanos)) {
            packets.send(lsp, Kind.PATH_RETIRED, NO_CONTENT);
        }
    }

    /** Nothing comes through it. */
    void giveUp(TunnelPath<A> member, Lsp<A, LspCiphers> lsp, long nowNanos) {
        leave(member);
        PathInquiry inquiry = member.inquiry();
        int hops = member.path().hops().size();
        if (member.isSaidBroken()) {
            signalling.end(lsp, LspEnd.DONE, nowNanos);
            return; // it is known where
        }
        if (inquiry != null && member.isSuspect() && inquiry.findsPlaces() && inquiry.reach() < hops) {
            paths.cut(member.path(), inquiry.reach(), false, unixSeconds);
        } else {
            paths.silent(member.path(), unixSeconds);
        }
        signalling.end(lsp, LspEnd.DONE, nowNanos);
    }

    /** Users' packets do not take it any more. */
    void leave(TunnelPath<A> member) {
        if (member.takeLeave()) {
            paths.left(member.path());
        }
    }

    /** Asks the egress for the answer by which a path counts as up. */
    void echo(TunnelPath<A> member, Lsp<A, LspCiphers> lsp) {
        byte[] token =
                ByteBuffer.allocate(Kind.TOKEN_LENGTH).putLong(member.token()).array();
        packets.send(lsp, Kind.ECHO_REQUEST, token);
    }

    /** Has users' packets take what they may. */
    void carryOnWhatIsUp() {
        List<Lsp<A, LspCiphers>> up = members.inUse().stream()
                .map(TunnelPath::lsp)
                .<Lsp<A, LspCiphers>>mapMulti((lsp, to) -> {
                    if (lsp != null) {
                        to.accept(lsp);
                    }
                })
                .toList();
        int carrying = Math.min(up.size(), active);
        packets.carryOn(up.subList(0, carrying), up.subList(carrying, up.size()));
    }

    /** Asks hops of a path whether they are there. */
    PathInquiry inquire(
            TunnelPath<A> member, Lsp<A, LspCiphers> lsp, PathInquiry.Whom whom, Runnable whenComplete, long nowNanos) {
        int hops = member.path().hops().size();
        PathInquiry inquiry = PathInquiry.begin(lsp, hops, whom, whenComplete, packets, entropy, nowNanos);
        member.setInquiry(inquiry);
        return inquiry;
    }

    /** A hop says that the link behind it is broken: another path is sought, and the link has a while to come back. */
    void broken(TunnelPath<A> member, int hop, long nowNanos) {
        if (member.sayBroken()) {
            paths.cut(member.path(), hop, true, unixSeconds);
        }
        member.suspect(nowNanos);
        if (hop == member.path().transits() && members.hasOther(member)) {
            // Others may be about to say the same of the egress; it is no use to seek a way there then.
            pause.hold(EGRESS_DOUBT_NANOS, nowNanos);
        } else {
            pause.shorten(nowNanos);
        }
    }

    /** What is sent on it is not acknowledged in time: its hops are asked, and another path is sought. */
    void suspect(TunnelPath<A> member, Lsp<A, LspCiphers> lsp, long nowNanos) {
        member.suspect(nowNanos);
        inquire(member, lsp, PathInquiry.Whom.ALL_HOPS, () -> {}, nowNanos);
        pause.shorten(nowNanos);
    }

    /** It has recovered; there may be more paths than wanted now. */
    void trusted(TunnelPath<A> member, long nowNanos) {
        if (member.trust()) {
            paths.worked(member.path(), member.replies(), member.roundTripNanos(), unixSeconds);
        }
        if (members.missing() < 0 && members.hasOther(member)) {
            retire(members.inUse().getLast(), nowNanos);
        }
    }
}
