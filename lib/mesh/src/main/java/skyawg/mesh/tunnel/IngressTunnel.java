package skyawg.mesh.tunnel;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.mesh.lsp.PathListener;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.Status;
import skyawg.protocol.setup.Unwound;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.TunnelId;

/**
 * A tunnel at its ingress.
 *
 * <pre>
 *   OPENING   one path at a time is set up that creates the tunnel
 *   AGREEING  its egress's first answer is the probe of that path
 *   UP        the other paths are set up side by side; each joins, and is probed by an echo
 * </pre>
 *
 * <p>What breaks is replaced in the background, from as many candidates as are missing. What has been used for long
 * enough is replaced as well ({@link Rotation}): it carries users' packets until its successor is up, and is released
 * when the last of them have arrived ({@link Farewell}). A search that came to nothing is repeated after a while
 * ({@link SearchPause}). A tunnel that was created has {@link #LOST_NANOS} to get a path back; then it is closed, for
 * its egress forgets it too. While no path is good, one at a time is sought: the egress itself may be gone.
 *
 * @param <A> an adjacency
 */
public final class IngressTunnel<A> {
    /** After so long without a path a tunnel ends. */
    public static final long LOST_NANOS = 60 * 1_000_000_000L;

    /** Paths sought at a time while it may be the egress that is gone. */
    private static final int FEW = 1;

    private static final long DEFAULT_ROUND_TRIP_NANOS = 100_000_000L;

    private final LspSignalling<A> signalling;
    private final Paths paths;
    private final TunnelTerms terms;
    private final TunnelPackets<A> packets;
    private final Entropy entropy;
    /** Another one in each try to create the tunnel: the egress may know that of one whose reply was lost. */
    private TunnelId id;

    private final IngressKeys keys;
    private final TunnelPaths<A> members;
    private final LspNumbers numbers = new LspNumbers();
    private final SearchPause pause;
    private final PathUpkeep<A> upkeep;

    private TunnelState state = TunnelState.OPENING;
    private @Nullable TunnelPath<A> creator;
    private @Nullable Prefixes prefixes;
    /** Of the first path, and so of all others. */
    private @Nullable PublicKey egress;

    private long roundTripNanos = DEFAULT_ROUND_TRIP_NANOS;
    private long lostNanos;

    public IngressTunnel(
            LspSignalling<A> signalling,
            Paths paths,
            TunnelTerms terms,
            TunnelPackets<A> packets,
            Entropy entropy,
            long nowNanos) {
        this.signalling = signalling;
        this.paths = paths;
        this.terms = terms;
        this.packets = packets;
        this.entropy = entropy;
        this.keys = new IngressKeys(packets, entropy);
        this.members = new TunnelPaths<>(terms.paths());
        this.pause = new SearchPause(nowNanos);
        this.upkeep = new PathUpkeep<>(signalling, paths, packets, entropy, members, pause, terms.active());
        this.id = TunnelId.random(entropy);
    }

    public TunnelState state() {
        return state;
    }

    /** What the egress granted; empty before the first path. */
    public Optional<Prefixes> prefixes() {
        return Optional.ofNullable(prefixes);
    }

    /** Paths through which payload has come back, but for those that were replaced. */
    public List<Path> upPaths() {
        return members.inUse().stream().map(TunnelPath::path).toList();
    }

    /** The LSP of a path that is up, with what it has carried. */
    public Optional<Lsp<A, LspCiphers>> lsp(Path path) {
        return members.inUse().stream()
                .filter(member -> member.path().equals(path))
                .findFirst()
                .map(TunnelPath::lsp);
    }

    /** How long it took to set up a path that is up. */
    public Optional<Long> setupNanos(Path path) {
        return members.inUse().stream()
                .filter(member -> member.path().equals(path))
                .findFirst()
                .map(TunnelPath::setupNanos);
    }

    /** Does what time demands. */
    public void advance(long nowNanos, long unixSeconds) {
        upkeep.setUnixSeconds(unixSeconds);
        if (state == TunnelState.CLOSED) {
            return;
        }
        for (TunnelPath<A> member : members.all()) {
            upkeep.attend(member, nowNanos);
        }
        agree(nowNanos);
        if (state == TunnelState.DOWN && nowNanos - lostNanos >= LOST_NANOS) {
            close(nowNanos);
        }
        if (state != TunnelState.CLOSED && pause.isOver(nowNanos)) {
            search(nowNanos);
        }
    }

    /** When {@link #advance} next has something to do. */
    public long nextDeadline(long nowNanos) {
        if (state == TunnelState.CLOSED) {
            return Deadlines.NEVER;
        }
        long next = missing() > 0 ? pause.nextNanos() : Deadlines.NEVER;
        for (TunnelPath<A> member : members.all()) {
            next = Deadlines.earlier(next, member.nextDeadline(nowNanos), nowNanos);
        }
        next = Deadlines.earlier(next, keys.nextDeadline(), nowNanos);
        return state == TunnelState.DOWN ? Deadlines.earlier(next, lostNanos + LOST_NANOS, nowNanos) : next;
    }

    /**
     * A packet of control was opened, and was no repeat.
     *
     * @param content of its kind, with what pads it
     */
    public void onControl(Lsp<A, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member == null || !keys.haveBegun()) {
            return;
        }
        keys.onGoodPacket(epoch, nowNanos);
        switch (kind) {
            case Kind.KEM_ANSWER -> {
                if (keys.onAnswer(content, nowNanos)) {
                    becomesUp(member, nowNanos);
                    upkeep.echo(member, lsp);
                }
            }
            case Kind.ECHO_ANSWER -> onEcho(member, ByteBuffer.wrap(content).getLong(), nowNanos);
            case Kind.PATH_RETIRED -> {
                Farewell farewell = member.farewell();
                if (farewell != null) {
                    farewell.onAnswer(members.largestRoundTripNanos(), nowNanos);
                }
            }
            case Kind.ECHO_REQUEST -> packets.send(lsp, Kind.ECHO_ANSWER, content);
            case Kind.TUNNEL_CLOSE -> close(nowNanos);
            default -> {
                // Nothing, or a kind of a later version: its epoch was noted.
            }
        }
        agree(nowNanos);
    }

    /** The first packet of this epoch was opened: the other end has its keys. */
    public void onOpened(int epoch, long nowNanos) {
        keys.onGoodPacket(epoch, nowNanos);
    }

    private void onEcho(TunnelPath<A> member, long token, long nowNanos) {
        if (token == member.token()) {
            becomesUp(member, nowNanos);
        } else if (member.inquiry() != null) {
            member.inquiry().onAnswer(member.path().hops().size(), token, nowNanos);
        }
    }

    /** A transit has answered; 1 is the first hop. */
    public void onHopAnswer(Lsp<A, LspCiphers> lsp, int hop, long token, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member != null && member.inquiry() != null) {
            member.inquiry().onAnswer(hop, token, nowNanos);
        }
    }

    /**
     * A transit says that the link behind it is broken. Another path is sought; the link has a while to come back, as
     * after {@link #onSuspect}.
     */
    public void onBroken(Lsp<A, LspCiphers> lsp, int hop, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member != null) {
            upkeep.broken(member, hop, nowNanos);
        }
    }

    /**
     * Asks hops of a path that is up whether they are there. What was asked before on this path is forgotten.
     *
     * @param whenComplete called once all have answered
     * @return empty when there is no such path
     */
    public Optional<PathInquiry> inquire(Path path, PathInquiry.Whom whom, Runnable whenComplete, long nowNanos) {
        for (TunnelPath<A> member : members.inUse()) {
            Lsp<A, LspCiphers> lsp = member.lsp();
            if (lsp != null && member.path().equals(path)) {
                return Optional.of(upkeep.inquire(member, lsp, whom, whenComplete, nowNanos));
            }
        }
        return Optional.empty();
    }

    /** What is sent on a path is not acknowledged in time. Another is sought; this one has a while to recover. */
    public void onSuspect(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member != null) {
            upkeep.suspect(member, lsp, nowNanos);
        }
    }

    /** A suspect path has recovered. What was found in its place meanwhile stays, up to the number wanted. */
    public void onTrusted(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member != null) {
            upkeep.trusted(member, nowNanos);
        }
    }

    /** More is known of nodes: what was sought in vain may be there now. */
    public void onNodesChanged(long nowNanos) {
        if (missing() > 0) {
            pause.reset(nowNanos);
        }
    }

    /** The packets of a path are spoiled: it must not be used any longer. */
    public void onSpoiled(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member != null) {
            upkeep.giveUp(member, lsp, nowNanos);
            pause.shorten(nowNanos);
        }
    }

    /** A path has numbered nearly as many packets as it can. */
    public void onWornOut(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = members.of(lsp);
        if (member != null && !member.isDue()) {
            member.makeDue();
            pause.reset(nowNanos);
        }
    }

    /** Ends all paths, wipes the keys. */
    public void close(long nowNanos) {
        if (state == TunnelState.CLOSED) {
            return;
        }
        state = TunnelState.CLOSED;
        packets.carryOn(List.of(), List.of());
        List<TunnelPath<A>> last = members.all();
        members.clear();
        for (TunnelPath<A> member : last) {
            Lsp<A, LspCiphers> lsp = member.lsp();
            if (lsp != null) {
                packets.detach(lsp);
                upkeep.leave(member);
                signalling.end(lsp, LspEnd.DONE, nowNanos);
            }
        }
        keys.close();
        packets.close();
    }

    /** Keeps the keys fresh; sends an offer when one is due. */
    private void agree(long nowNanos) {
        byte[] offer = keys.poll(roundTripNanos, nowNanos);
        if (keys.areDown()) {
            close(nowNanos);
            return;
        }
        TunnelPath<A> over = offerPath();
        if (offer != null && over != null && over.lsp() != null) {
            packets.send(over.lsp(), Kind.KEM_OFFER, offer);
        }
    }

    /** The first path until one is up; then any that is. */
    private @Nullable TunnelPath<A> offerPath() {
        List<TunnelPath<A>> inUse = members.inUse();
        return inUse.isEmpty() ? creator : inUse.getFirst();
    }

    private void becomesUp(TunnelPath<A> member, long nowNanos) {
        if (member.isUp()) {
            return;
        }
        member.markUp(nowNanos);
        roundTripNanos = member.roundTripNanos();
        paths.worked(member.path(), member.replies(), roundTripNanos, upkeep.unixSeconds());
        state = TunnelState.UP;
        pause.reset(nowNanos);
        upkeep.carryOnWhatIsUp();
        TunnelPath<A> replaced = members.missing() < 0 ? member : members.replacedBy(member);
        if (replaced != null) {
            upkeep.retire(replaced, nowNanos);
        }
    }

    /** Until the tunnel is up, one path at a time: it creates the tunnel. */
    private int missing() {
        return switch (state) {
            case OPENING -> members.isEmpty() ? 1 : 0;
            case AGREEING, CLOSED -> 0;
            case UP, DOWN -> hasNoGoodPath() ? fewMissing() : members.missing();
        };
    }

    private boolean hasNoGoodPath() {
        return state == TunnelState.DOWN || members.areAllSuspect();
    }

    /** Enough to see whether the egress is there: all paths are gone at once. */
    private int fewMissing() {
        return Math.min(members.missing(), FEW - members.underWay());
    }

    private void search(long nowNanos) {
        int missing = missing();
        if (missing <= 0) {
            return;
        }
        if (!numbers.hasLeft(missing)) {
            close(nowNanos);
            return;
        }
        pause.begin(nowNanos);
        choose(missing).forEach(path -> setUp(path, nowNanos));
    }

    /** Paths apart from all that there are; where those do not suffice, they may meet the ones that they replace. */
    private List<Path> choose(int missing) {
        List<Path> apart = paths.choose(missing, members.paths(), egress, upkeep.unixSeconds());
        List<Path> lasting = members.lastingPaths();
        if (!apart.isEmpty() || lasting.size() == members.paths().size()) {
            return apart;
        }
        return paths.choose(missing, lasting, egress, upkeep.unixSeconds());
    }

    private void setUp(Path path, long nowNanos) {
        TunnelPath<A> member = new TunnelPath<>(path, numbers.next(), entropy.nextLong(), nowNanos);
        members.add(member);
        if (!keys.haveBegun()) {
            id = TunnelId.random(entropy);
        }
        signalling.setUp(
                path,
                terms.ofPath(id, keys.haveBegun(), member.lspNumber()),
                new Outcome(member),
                nowNanos,
                upkeep.unixSeconds());
    }

    private void remove(TunnelPath<A> member, long nowNanos) {
        if (!members.remove(member)) {
            return;
        }
        upkeep.leave(member);
        if (member.lsp() != null) {
            packets.detach(member.lsp());
        }
        upkeep.carryOnWhatIsUp();
        pause.shorten(nowNanos);
        if (state == TunnelState.UP && members.inUse().isEmpty()) {
            state = TunnelState.DOWN;
            lostNanos = nowNanos;
            pause.skip(nowNanos);
        } else if (state == TunnelState.AGREEING && member.equals(creator)) {
            // The egress knows the tunnel, and nothing has come back from it: another one is begun in its place.
            close(nowNanos);
        }
    }

    /** What the signalling says of one path. */
    private final class Outcome implements PathListener<A> {
        private final TunnelPath<A> member;

        Outcome(TunnelPath<A> member) {
            this.member = member;
        }

        @Override
        public void established(Lsp<A, LspCiphers> lsp, Unwound.Established reply, long nowNanos) {
            EpochKeys epoch0 = reply.epoch0();
            if (state == TunnelState.CLOSED) {
                if (epoch0 != null) {
                    epoch0.close();
                }
                signalling.end(lsp, LspEnd.DONE, nowNanos);
                return;
            }
            member.establish(lsp, reply.replies(), age(reply.replies(), nowNanos), nowNanos);
            packets.attach(lsp);
            if (epoch0 != null) {
                ReplyRecord last = reply.replies().getLast();
                prefixes = new Prefixes(last.ipv4Prefix(), last.ipv4PrefixLength(), last.ipv6Prefix());
                creator = member;
                member.markCreator();
                egress = member.path().egress().key();
                state = TunnelState.AGREEING;
                keys.begin(id, epoch0, nowNanos);
                member.probe(nowNanos);
                agree(nowNanos);
            } else {
                upkeep.attend(member, nowNanos);
            }
        }

        private PathAge age(List<ReplyRecord> replies, long nowNanos) {
            int granted = replies.stream()
                    .mapToInt(ReplyRecord::lifetimeSeconds)
                    .min()
                    .orElseThrow();
            return new PathAge(terms.rotation().drawNanos(granted, entropy), granted, nowNanos);
        }

        @Override
        public void failed(SetupFailure failure, long nowNanos) {
            paths.failed(member.path(), failure, upkeep.unixSeconds());
            remove(member, nowNanos);
            if (isForgotten(failure) && upPaths().isEmpty()) {
                close(nowNanos); // another one is begun in its place, and need not wait until this one is lost
            }
        }

        /** The egress was started again: it does not know the tunnel any more. */
        private boolean isForgotten(SetupFailure failure) {
            return failure instanceof SetupFailure.Refused(int hop, ReplyRecord reply)
                    && hop == member.path().hops().size()
                    && reply.status() == Status.UNKNOWN_TUNNEL;
        }

        @Override
        public void ended(Lsp<A, LspCiphers> lsp, LspEnd end, long nowNanos) {
            upkeep.leave(member);
            if (end != LspEnd.DONE && member.farewell() == null && !member.isSaidBroken()) {
                paths.broke(member.path(), end, upkeep.unixSeconds());
            }
            remove(member, nowNanos);
        }
    }
}
