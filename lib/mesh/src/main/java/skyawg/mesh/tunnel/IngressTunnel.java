package skyawg.mesh.tunnel;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.mesh.lsp.PathListener;
import skyawg.mesh.lsp.PathTerms;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.Unwound;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.IngressEpochs;
import skyawg.protocol.tunnelkeys.KemVerdict;
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
 * <p>What breaks is replaced in the background, from as many candidates as are missing. A search that came to nothing
 * is repeated after a while, each time twice as long, up to {@link #LONGEST_PAUSE_NANOS}. A tunnel that was created has
 * {@link #LOST_NANOS} to get a path back; then it is closed, for its egress forgets it too.
 *
 * @param <A> an adjacency
 */
public final class IngressTunnel<A> {
    /** After so long without a path a tunnel ends. */
    public static final long LOST_NANOS = 60 * 1_000_000_000L;

    /** An egress knows no number twice, so a tunnel ends before they do. */
    static final int LAST_LSP_NUMBER = 65_000;

    static final long FIRST_PAUSE_NANOS = 250_000_000L;
    static final long LONGEST_PAUSE_NANOS = 30 * 1_000_000_000L;

    private static final long DEFAULT_ROUND_TRIP_NANOS = 100_000_000L;
    private static final int MOST_PATHS = 16;
    private static final long RENEW_AFTER_PACKETS = 1L << 32;

    private final LspSignalling<A> signalling;
    private final Paths paths;
    private final TunnelTerms terms;
    private final TunnelPackets<A> packets;
    private final Entropy entropy;
    private final TunnelId id;
    private final SealingEpoch sealing;
    private final List<TunnelPath<A>> members = new ArrayList<>();

    private TunnelState state = TunnelState.OPENING;
    private @Nullable IngressEpochs epochs;
    private @Nullable TunnelPath<A> creator;
    private @Nullable Prefixes prefixes;
    private int nextLspNumber = 1;
    private long roundTripNanos = DEFAULT_ROUND_TRIP_NANOS;
    private long pauseNanos = FIRST_PAUSE_NANOS;
    private long searchNanos;
    private long lostNanos;
    /** The wall clock's, as of the last call that told it. */
    private long unixSeconds;

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
        this.sealing = new SealingEpoch(packets);
        this.id = TunnelId.random(entropy);
        this.searchNanos = nowNanos;
    }

    public TunnelState state() {
        return state;
    }

    /** What the egress granted; empty before the first path. */
    public Optional<Prefixes> prefixes() {
        return Optional.ofNullable(prefixes);
    }

    /** Paths through which payload has come back. */
    public List<Path> upPaths() {
        return members.stream().filter(TunnelPath::isUp).map(TunnelPath::path).toList();
    }

    /** The LSP of a path that is up, with what it has carried. */
    public Optional<Lsp<A, LspCiphers>> lsp(Path path) {
        return members.stream()
                .filter(member -> member.isUp() && member.path().equals(path))
                .findFirst()
                .map(TunnelPath::lsp);
    }

    /** Does what time demands. */
    public void advance(long nowNanos, long nowUnixSeconds) {
        unixSeconds = nowUnixSeconds;
        if (state == TunnelState.CLOSED) {
            return;
        }
        for (TunnelPath<A> member : List.copyOf(members)) {
            attend(member, nowNanos);
        }
        agree(nowNanos);
        if (state == TunnelState.DOWN && nowNanos - lostNanos >= LOST_NANOS) {
            close(nowNanos);
        }
        if (state != TunnelState.CLOSED && nowNanos - searchNanos >= 0) {
            search(nowNanos);
        }
    }

    /** When {@link #advance} next has something to do. */
    public long nextDeadline(long nowNanos) {
        if (state == TunnelState.CLOSED) {
            return Deadlines.NEVER;
        }
        long next = missing() > 0 ? searchNanos : Deadlines.NEVER;
        for (TunnelPath<A> member : members) {
            next = Deadlines.earlier(next, member.nextDeadline(), nowNanos);
        }
        if (epochs != null) {
            next = Deadlines.earlier(next, epochs.nextWake(), nowNanos);
        }
        return state == TunnelState.DOWN ? Deadlines.earlier(next, lostNanos + LOST_NANOS, nowNanos) : next;
    }

    /**
     * A packet of control was opened, and was no repeat.
     *
     * @param content of its kind, with what pads it
     */
    public void onControl(Lsp<A, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos) {
        TunnelPath<A> member = memberOf(lsp);
        if (member == null || epochs == null) {
            return;
        }
        epochs.onGoodPacket(epoch, nowNanos);
        switch (kind) {
            case Kind.KEM_ANSWER -> onAnswer(member, content, nowNanos);
            case Kind.ECHO_ANSWER -> onEcho(member, ByteBuffer.wrap(content).getLong(), nowNanos);
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
        if (epochs != null) {
            epochs.onGoodPacket(epoch, nowNanos);
        }
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
        TunnelPath<A> member = memberOf(lsp);
        if (member != null && member.inquiry() != null) {
            member.inquiry().onAnswer(hop, token, nowNanos);
        }
    }

    /** A transit says that the link behind it is broken: the path ends. */
    public void onBroken(Lsp<A, LspCiphers> lsp, int hop, long nowNanos) {
        TunnelPath<A> member = memberOf(lsp);
        if (member != null) {
            paths.cut(member.path(), hop, true, unixSeconds);
            signalling.end(lsp, LspEnd.DONE, nowNanos);
            searchSoon(nowNanos);
        }
    }

    /**
     * Asks hops of a path that is up whether they are there. What was asked before on this path is forgotten.
     *
     * @param whenComplete called once all have answered
     * @return empty when there is no such path
     */
    public Optional<PathInquiry> inquire(Path path, PathInquiry.Whom whom, Runnable whenComplete, long nowNanos) {
        for (TunnelPath<A> member : members) {
            Lsp<A, LspCiphers> lsp = member.lsp();
            if (lsp != null && member.isUp() && member.path().equals(path)) {
                return Optional.of(inquire(member, lsp, whom, whenComplete, nowNanos));
            }
        }
        return Optional.empty();
    }

    private PathInquiry inquire(
            TunnelPath<A> member, Lsp<A, LspCiphers> lsp, PathInquiry.Whom whom, Runnable whenComplete, long nowNanos) {
        int hops = member.path().hops().size();
        PathInquiry inquiry = PathInquiry.begin(lsp, hops, whom, whenComplete, packets, entropy, nowNanos);
        member.setInquiry(inquiry);
        return inquiry;
    }

    /** What is sent on a path is not acknowledged in time. Another is sought; this one has a while to recover. */
    public void onSuspect(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = memberOf(lsp);
        if (member != null) {
            member.suspect(nowNanos);
            inquire(member, lsp, PathInquiry.Whom.ALL_HOPS, () -> {}, nowNanos);
            searchSoon(nowNanos);
        }
    }

    /** A suspect path has recovered. What was found in its place meanwhile stays, up to the number wanted. */
    public void onTrusted(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = memberOf(lsp);
        if (member == null) {
            return;
        }
        member.trust();
        TunnelPath<A> last = members.getLast();
        if (missing() < 0 && last.lsp() != null) {
            signalling.end(last.lsp(), LspEnd.DONE, nowNanos);
        }
    }

    /** A path must not be used any longer: its packets are spoiled, or it has numbered as many as it can. */
    public void onUnusable(Lsp<A, LspCiphers> lsp, long nowNanos) {
        TunnelPath<A> member = memberOf(lsp);
        if (member != null) {
            giveUp(member, lsp, nowNanos);
            searchSoon(nowNanos);
        }
    }

    /** Ends all paths, wipes the keys. */
    public void close(long nowNanos) {
        if (state == TunnelState.CLOSED) {
            return;
        }
        state = TunnelState.CLOSED;
        packets.carryOn(List.of(), List.of());
        for (TunnelPath<A> member : List.copyOf(members)) {
            Lsp<A, LspCiphers> lsp = member.lsp();
            if (lsp != null) {
                packets.detach(lsp);
                signalling.end(lsp, LspEnd.DONE, nowNanos);
            }
        }
        members.clear();
        if (epochs != null) {
            epochs.close();
        }
        packets.close();
    }

    private void onAnswer(TunnelPath<A> member, byte[] content, long nowNanos) {
        IngressEpochs agreed = epochs;
        if (agreed != null && agreed.onAnswer(content, 0, content.length, nowNanos) == KemVerdict.ACCEPTED) {
            sealInNewest();
            becomesUp(member, nowNanos);
            echo(member);
        }
    }

    /** Keeps the keys fresh; sends an offer when one is due. */
    private void agree(long nowNanos) {
        IngressEpochs agreed = epochs;
        if (agreed == null) {
            return;
        }
        byte[] offer = agreed.poll(nowNanos, roundTripNanos, packets.isRenewalDue() ? RENEW_AFTER_PACKETS : 0);
        if (agreed.isDown()) {
            close(nowNanos);
            return;
        }
        sealInNewest();
        TunnelPath<A> over = offerPath();
        if (offer != null && over != null && over.lsp() != null) {
            packets.send(over.lsp(), Kind.KEM_OFFER, offer);
        }
    }

    private void sealInNewest() {
        if (epochs != null) {
            sealing.follow(epochs.sending());
        }
    }

    /** The first path until one is up; then any that is. */
    private @Nullable TunnelPath<A> offerPath() {
        for (TunnelPath<A> member : members) {
            if (member.isUp()) {
                return member;
            }
        }
        return creator;
    }

    private void attend(TunnelPath<A> member, long nowNanos) {
        Lsp<A, LspCiphers> lsp = member.lsp();
        if (lsp == null) {
            return;
        }
        if (member.isSilent(nowNanos) || member.isLost(nowNanos)) {
            giveUp(member, lsp, nowNanos);
        } else if (member != creator && member.probe(nowNanos)) {
            echo(member);
        }
    }

    private void giveUp(TunnelPath<A> member, Lsp<A, LspCiphers> lsp, long nowNanos) {
        PathInquiry inquiry = member.inquiry();
        int hops = member.path().hops().size();
        if (inquiry != null && member.isSuspect() && inquiry.findsPlaces() && inquiry.reach() < hops) {
            paths.cut(member.path(), inquiry.reach(), false, unixSeconds);
        } else {
            paths.silent(member.path(), unixSeconds);
        }
        signalling.end(lsp, LspEnd.DONE, nowNanos);
    }

    private void echo(TunnelPath<A> member) {
        Lsp<A, LspCiphers> lsp = member.lsp();
        if (lsp != null) {
            byte[] token = ByteBuffer.allocate(Kind.TOKEN_LENGTH)
                    .putLong(member.token())
                    .array();
            packets.send(lsp, Kind.ECHO_REQUEST, token);
        }
    }

    private void becomesUp(TunnelPath<A> member, long nowNanos) {
        if (member.isUp()) {
            return;
        }
        roundTripNanos = member.roundTripNanos(nowNanos);
        member.markUp();
        paths.worked(member.path(), member.replies(), roundTripNanos, unixSeconds);
        state = TunnelState.UP;
        pauseNanos = FIRST_PAUSE_NANOS;
        searchNanos = nowNanos;
        carryOnWhatIsUp();
    }

    private void carryOnWhatIsUp() {
        List<Lsp<A, LspCiphers>> up = new ArrayList<>();
        for (TunnelPath<A> member : members) {
            if (member.isUp() && member.lsp() != null) {
                up.add(member.lsp());
            }
        }
        int active = Math.min(up.size(), terms.active());
        packets.carryOn(List.copyOf(up.subList(0, active)), List.copyOf(up.subList(active, up.size())));
    }

    /**
     * Paths that are neither there nor on their way; suspect ones count as missing, and below 0 there are more than
     * wanted. Until the tunnel is up, one at a time: it creates the tunnel.
     */
    private int missing() {
        return switch (state) {
            case OPENING -> members.isEmpty() ? 1 : 0;
            case AGREEING, CLOSED -> 0;
            case UP, DOWN -> Math.min(terms.paths() - trusted(), MOST_PATHS - members.size());
        };
    }

    private int trusted() {
        int trusted = 0;
        for (TunnelPath<A> member : members) {
            trusted += member.isSuspect() ? 0 : 1;
        }
        return trusted;
    }

    private void searchSoon(long nowNanos) {
        if (searchNanos - nowNanos > pauseNanos) {
            searchNanos = nowNanos + pauseNanos;
        }
    }

    private void search(long nowNanos) {
        int missing = missing();
        if (missing <= 0) {
            return;
        }
        if (nextLspNumber + missing > LAST_LSP_NUMBER) {
            close(nowNanos);
            return;
        }
        searchNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_PAUSE_NANOS);
        List<Path> kept = members.stream().map(TunnelPath::path).toList();
        for (Path path : paths.choose(missing, kept, unixSeconds)) {
            setUp(path, nowNanos);
        }
    }

    private void setUp(Path path, long nowNanos) {
        TunnelPath<A> member = new TunnelPath<>(path, nextLspNumber++, entropy.nextLong());
        members.add(member);
        PathTerms asked = new PathTerms(
                terms.mode(),
                terms.lifetimeSeconds(),
                terms.bandwidthClass(),
                terms.exitService(),
                terms.localName(),
                terms.ipv4PrefixLength(),
                id,
                epochs != null,
                member.lspNumber());
        signalling.setUp(path, asked, new Outcome(member), nowNanos, unixSeconds);
    }

    private @Nullable TunnelPath<A> memberOf(Lsp<A, LspCiphers> lsp) {
        for (TunnelPath<A> member : members) {
            if (lsp.equals(member.lsp())) {
                return member;
            }
        }
        return null;
    }

    private void remove(TunnelPath<A> member, long nowNanos) {
        if (!members.remove(member)) {
            return;
        }
        if (member.lsp() != null) {
            packets.detach(member.lsp());
        }
        carryOnWhatIsUp();
        searchSoon(nowNanos);
        boolean isLost = members.stream().noneMatch(TunnelPath::isUp);
        if (state == TunnelState.UP && isLost) {
            state = TunnelState.DOWN;
            lostNanos = nowNanos;
            searchNanos = nowNanos;
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
            member.establish(lsp, reply.replies(), nowNanos);
            packets.attach(lsp);
            if (epoch0 != null) {
                ReplyRecord egress = reply.replies().getLast();
                prefixes = new Prefixes(egress.ipv4Prefix(), egress.ipv4PrefixLength(), egress.ipv6Prefix());
                creator = member;
                state = TunnelState.AGREEING;
                epochs = new IngressEpochs(id, epoch0, packets, entropy, nowNanos);
                member.probe(nowNanos);
                agree(nowNanos);
            } else {
                attend(member, nowNanos);
            }
        }

        @Override
        public void failed(SetupFailure failure, long nowNanos) {
            paths.failed(member.path(), failure, unixSeconds);
            remove(member, nowNanos);
        }

        @Override
        public void ended(Lsp<A, LspCiphers> lsp, LspEnd end, long nowNanos) {
            if (end != LspEnd.DONE) {
                paths.broke(member.path(), end, unixSeconds);
            }
            remove(member, nowNanos);
        }
    }
}
