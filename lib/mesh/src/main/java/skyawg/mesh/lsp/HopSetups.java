package skyawg.mesh.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Admission;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.Lfib;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.mpls.PathMtuProbe;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.onion.EgressForward;
import skyawg.protocol.onion.EgressReverse;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.NewAdjacencies;
import skyawg.protocol.setup.OpenedSetup;
import skyawg.protocol.setup.ReplyMessage;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.SetupAdmission;
import skyawg.protocol.setup.SetupDrop;
import skyawg.protocol.setup.SetupHop;
import skyawg.protocol.setup.SetupKeys;
import skyawg.protocol.setup.SetupMessage;
import skyawg.protocol.setup.Status;
import skyawg.protocol.setup.TransitRequest;
import skyawg.protocol.setup.UnreadableRequest;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** Paths that others set up through this node, or to it. */
final class HopSetups<A> {
    /** In which a next hop that we reach out to must answer two handshakes. */
    static final long DIAL_NANOS = 3_000_000_000L;

    private final Links<A> links;
    private final Lfib<A, LspCiphers> lfib;
    private final Adjacents<A> adjacents;
    private final LinkTests<A> linkTests;
    private final SetupHop hop;
    private final SetupAdmission admission;
    private final NewAdjacencies newAdjacencies = new NewAdjacencies();
    private final Exits<A> exits;
    private final SignalCounters counters;
    private final Map<Lsp<A, LspCiphers>, Waiting> waiting = new LinkedHashMap<>();
    private Consent consent;

    /** @param dialEndNanos until when the next hop must have a session with us; never, when it has one */
    private record Waiting(OpenedSetup setup, TransitRequest request, long dialEndNanos) {}

    HopSetups(
            Links<A> links,
            Lfib<A, LspCiphers> lfib,
            Adjacents<A> adjacents,
            LinkTests<A> linkTests,
            SetupHop hop,
            Exits<A> exits,
            Consent consent,
            SignalCounters counters,
            long nowNanos) {
        this.links = links;
        this.lfib = lfib;
        this.adjacents = adjacents;
        this.linkTests = linkTests;
        this.hop = hop;
        this.exits = exits;
        this.consent = consent;
        this.counters = counters;
        admission = new SetupAdmission(nowNanos);
    }

    void setConsent(Consent newConsent) {
        consent = newConsent;
    }

    /** Bounds come before the first DH. */
    void onSetup(Adjacent<A> from, byte[] message, int length, long nowNanos, long unixSeconds) {
        SetupDrop drop = admission.admit(from.setupTokens(), nowNanos);
        if (drop != null) {
            counters.count(drop);
            return;
        }
        Admission place = lfib.admission(from.neighbour());
        if (place != Admission.ADMITTED) {
            counters.count(place == Admission.NODE_FULL ? SignalDrop.NODE_FULL : SignalDrop.NEIGHBOUR_FULL);
            return;
        }
        switch (hop.open(message, length, links.key(from.adjacency()), nowNanos, unixSeconds)) {
            case SetupDrop reason -> counters.count(reason);
            case OpenedSetup setup -> answer(from, setup, nowNanos, unixSeconds);
        }
    }

    private void answer(Adjacent<A> from, OpenedSetup setup, long nowNanos, long unixSeconds) {
        Status refusal = setup.status();
        if (refusal == Status.OK) {
            refusal = switch (setup.request()) {
                case TransitRequest request -> pass(from, setup, request, nowNanos);
                case EgressRequest request -> accept(from, setup, request, nowNanos, unixSeconds);
                case UnreadableRequest _ -> Status.POLICY;
            };
        }
        if (refusal != Status.OK) {
            refuse(from.adjacency(), setup, refusal, unixSeconds);
        }
    }

    /** Passes a set-up on to the next hop. */
    private Status pass(Adjacent<A> from, OpenedSetup setup, TransitRequest request, long nowNanos) {
        if (!consent.isTransit()) {
            return Status.POLICY;
        }
        Adjacent<A> known = adjacentOf(request, nowNanos);
        boolean isUp = known != null && links.isUp(known.adjacency());
        boolean isDialled = known != null && known.isDialled(nowNanos);
        if (!isUp && !isDialled && !newAdjacencies.begin(request.address(), nowNanos)) {
            return Status.NEXT_HOP_UNREACHABLE;
        }
        Adjacent<A> to = known == null ? reach(request, nowNanos) : known;
        if (to == null) {
            return Status.NO_CAPACITY;
        }
        if (!isUp && !isDialled) {
            to.dialling(nowNanos + DIAL_NANOS);
        }
        if (to.probe().state() == PathMtuProbe.State.FAILED) {
            return Status.PATH_MTU;
        }
        LspMode mode = LspMode.of(request.isFast());
        Lsp<A, LspCiphers> lsp =
                lfib.beginTransit(from.neighbour(), setup.reverseLse(), to.neighbour(), mode, nowNanos);
        if (lsp == null) {
            return Status.NO_CAPACITY;
        }
        byte[] passed = new byte[SetupMessage.LENGTH];
        hop.forward(setup, LabelStackEntry.of(lsp.reverse().inLabel()), passed);
        waiting.put(lsp, new Waiting(setup, request, isUp ? Deadlines.NEVER : to.dialEndNanos()));
        adjacents.noteUse(to.neighbour());
        adjacents.noteUse(from.neighbour());
        links.send(to.adjacency(), passed);
        linkTests.want(to, nowNanos);
        return Status.OK;
    }

    private @Nullable Adjacent<A> adjacentOf(TransitRequest request, long nowNanos) {
        A next = links.find(request.nextHop());
        return next == null ? null : adjacents.of(next, nowNanos);
    }

    private @Nullable Adjacent<A> reach(TransitRequest request, long nowNanos) {
        A next = links.reach(request.nextHop(), Endpoint.of(request.address(), request.port()));
        return next == null ? null : adjacents.of(next, nowNanos);
    }

    /** Ends a path here. */
    private Status accept(Adjacent<A> from, OpenedSetup setup, EgressRequest request, long nowNanos, long unixSeconds) {
        return switch (exits.ask(request, from.adjacency(), nowNanos)) {
            case Exits.Answer.Refused(Status status) -> status;
            case Exits.Answer.Granted granted -> {
                ReplyRecord record = new ReplyRecord(
                        Status.OK,
                        request.lifetimeSeconds(),
                        request.bandwidthClass(),
                        granted.ipv4PrefixLength(),
                        granted.ipv4Prefix(),
                        granted.ipv6Prefix(),
                        unixSeconds,
                        consent.digest(),
                        consent.previousDigest());
                yield accept(from, setup, request, record, nowNanos) ? Status.OK : Status.NO_CAPACITY;
            }
        };
    }

    private boolean accept(
            Adjacent<A> from, OpenedSetup setup, EgressRequest request, ReplyRecord record, long nowNanos) {
        byte[] reply = new byte[ReplyMessage.LENGTH];
        EpochKeys[] epoch0 = new EpochKeys[1];
        Lsp<A, LspCiphers> lsp = lfib.addEgress(
                from.neighbour(),
                setup.reverseLse(),
                LspMode.of(request.isFast()),
                request.lifetimeSeconds(),
                label -> {
                    SetupKeys keys = hop.accept(setup, record, LabelStackEntry.of(label), reply);
                    epoch0[0] = keys.epoch0();
                    return egress(request.lspNumber(), keys.lsp());
                },
                nowNanos);
        if (lsp == null) {
            exits.withdrawn(request, nowNanos);
            return false;
        }
        adjacents.noteUse(from.neighbour());
        links.send(from.adjacency(), reply);
        linkTests.want(from, nowNanos);
        exits.established(lsp, request, epoch0[0], nowNanos);
        return true;
    }

    private static LspCiphers egress(int lspNumber, HopKeys keys) {
        try (keys) {
            return new LspCiphers.Egress(new EgressForward(lspNumber, keys), new EgressReverse(lspNumber, keys));
        }
    }

    /** A reply to a set-up that was passed on. */
    void onReply(Lsp<A, LspCiphers> lsp, byte[] message, long nowNanos, long unixSeconds) {
        Waiting passed = waiting.remove(lsp);
        Neighbour<A, LspCiphers> upstream = lsp.upstream();
        if (passed == null || upstream == null) {
            throw new IllegalStateException("a transit's path waits for a reply without its set-up");
        }
        ReplyRecord record =
                ReplyRecord.transit(passed.request(), unixSeconds, consent.digest(), consent.previousDigest());
        byte[] reply = new byte[ReplyMessage.LENGTH];
        if (ReplyMessage.isAccepted(message)) {
            lfib.install(
                    lsp,
                    ReplyMessage.forwardLse(message),
                    passed.request().lifetimeSeconds(),
                    label -> {
                        HopKeys keys = hop.relay(passed.setup(), message, record, LabelStackEntry.of(label), reply);
                        return transit(lsp.mode(), keys, nowNanos);
                    },
                    nowNanos);
            adjacents.noteUse(upstream);
        } else {
            hop.relay(passed.setup(), message, record, 0, reply);
            lfib.end(lsp, LspEnd.REFUSED, nowNanos);
        }
        links.send(upstream.adjacency(), reply);
        Adjacent<A> from = adjacents.of(upstream.adjacency(), nowNanos);
        linkTests.want(from, nowNanos);
    }

    private static LspCiphers transit(LspMode mode, @Nullable HopKeys keys, long nowNanos) {
        if (keys == null) {
            throw new IllegalStateException("an accepted set-up has keys");
        }
        try (keys) {
            return mode == LspMode.FAST ? new LspCiphers.FastTransit() : new LspCiphers.Transit(keys, nowNanos);
        }
    }

    /** A link does not carry packets of full size: who waits for a reply over it is refused. */
    void refuseOver(Adjacent<A> downstream, Status status, long nowNanos, long unixSeconds) {
        for (Lsp<A, LspCiphers> lsp : new ArrayList<>(waiting.keySet())) {
            if (downstream.neighbour().equals(lsp.downstream())) {
                refuse(lsp, status, nowNanos, unixSeconds);
            }
        }
    }

    /** Refuses what waits for a next hop that does not answer. */
    void advance(long nowNanos, long unixSeconds) {
        if (waiting.isEmpty()) {
            return;
        }
        List<Lsp<A, LspCiphers>> unreachable = new ArrayList<>();
        waiting.forEach((lsp, passed) -> {
            if (passed.dialEndNanos() != Deadlines.NEVER && nowNanos - passed.dialEndNanos() >= 0 && !isNextUp(lsp)) {
                unreachable.add(lsp);
            }
        });
        unreachable.forEach(lsp -> refuse(lsp, Status.NEXT_HOP_UNREACHABLE, nowNanos, unixSeconds));
    }

    long nextDeadline(long nowNanos) {
        long next = Deadlines.NEVER;
        if (waiting.isEmpty()) {
            return next;
        }
        for (Map.Entry<Lsp<A, LspCiphers>, Waiting> entry : waiting.entrySet()) {
            long dialEnd = entry.getValue().dialEndNanos();
            if (dialEnd != Deadlines.NEVER && !isNextUp(entry.getKey())) {
                next = Deadlines.earlier(next, dialEnd, nowNanos);
            }
        }
        return next;
    }

    private boolean isNextUp(Lsp<A, LspCiphers> lsp) {
        Neighbour<A, LspCiphers> downstream = lsp.downstream();
        return downstream != null && links.isUp(downstream.adjacency());
    }

    private void refuse(Lsp<A, LspCiphers> lsp, Status status, long nowNanos, long unixSeconds) {
        Waiting passed = waiting.remove(lsp);
        Neighbour<A, LspCiphers> upstream = lsp.upstream();
        if (passed != null && upstream != null) {
            refuse(upstream.adjacency(), passed.setup(), status, unixSeconds);
            lfib.end(lsp, LspEnd.REFUSED, nowNanos);
        }
    }

    private void refuse(A upstream, OpenedSetup setup, Status status, long unixSeconds) {
        byte[] reply = new byte[ReplyMessage.LENGTH];
        hop.refuse(setup, ReplyRecord.refusal(status, unixSeconds, consent.digest(), consent.previousDigest()), reply);
        links.send(upstream, reply);
    }

    /** The LSP is gone; what it waited for is forgotten. */
    void ended(Lsp<A, LspCiphers> lsp) {
        Waiting passed = waiting.remove(lsp);
        if (passed != null) {
            passed.setup().close();
        }
    }
}
