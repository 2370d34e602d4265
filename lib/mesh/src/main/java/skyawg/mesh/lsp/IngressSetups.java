package skyawg.mesh.lsp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.Lfib;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.mpls.PathMtuProbe;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.onion.IngressForward;
import skyawg.protocol.onion.IngressReverse;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.setup.PendingPath;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.SetupIngress;
import skyawg.protocol.setup.SetupMessage;
import skyawg.protocol.setup.Unwound;

/** Paths that begin here. */
final class IngressSetups<A> {
    private static final HopKeys[] NO_TRANSITS = {};

    private final Links<A> links;
    private final Lfib<A, LspCiphers> lfib;
    private final Adjacents<A> adjacents;
    private final LinkTests<A> linkTests;
    private final SetupIngress ingress;
    private final PathRequests requests;
    private final Consumer<Runnable> afterwards;
    private final Map<Lsp<A, LspCiphers>, Pending<A>> pending = new LinkedHashMap<>();
    private final Map<Lsp<A, LspCiphers>, PathListener<A>> established = new LinkedHashMap<>();

    private record Pending<A>(Path path, PathTerms terms, PendingPath keys, PathListener<A> listener) {}

    /** @param afterwards runs what tells listeners, when the table may be changed again */
    IngressSetups(
            Links<A> links,
            Lfib<A, LspCiphers> lfib,
            Adjacents<A> adjacents,
            LinkTests<A> linkTests,
            byte[] networkId,
            Entropy entropy,
            Consumer<Runnable> afterwards) {
        this.links = links;
        this.lfib = lfib;
        this.adjacents = adjacents;
        this.linkTests = linkTests;
        this.ingress = new SetupIngress(networkId, entropy);
        this.requests = new PathRequests(entropy);
        this.afterwards = afterwards;
    }

    void setUp(Path path, PathTerms terms, PathListener<A> listener, long nowNanos, long unixSeconds) {
        A first = links.find(path.firstHop().key());
        if (first == null) {
            first = links.reach(path.firstHop().key(), path.firstHop().endpoint());
        }
        Adjacent<A> to = first == null ? null : adjacents.of(first, nowNanos);
        if (to == null || to.probe().state() == PathMtuProbe.State.FAILED) {
            fail(listener, new SetupFailure.FirstHop(), nowNanos);
            return;
        }
        Lsp<A, LspCiphers> lsp = lfib.beginIngress(to.neighbour(), terms.mode(), nowNanos);
        byte[] message = new byte[SetupMessage.LENGTH];
        PendingPath keys = ingress.build(
                requests.of(path, terms, unixSeconds),
                LabelStackEntry.of(lsp.reverse().inLabel()),
                message);
        if (keys == null) {
            lfib.end(lsp, LspEnd.REFUSED, nowNanos);
            fail(listener, new SetupFailure.BadKey(), nowNanos);
            return;
        }
        pending.put(lsp, new Pending<>(path, terms, keys, listener));
        adjacents.noteUse(to.neighbour());
        links.send(to.adjacency(), message);
        linkTests.want(to, nowNanos);
    }

    void onReply(Lsp<A, LspCiphers> lsp, byte[] message, long nowNanos) {
        Pending<A> waiting = pending.remove(lsp);
        if (waiting == null) {
            throw new IllegalStateException("a path of ours waits for a reply without its keys");
        }
        switch (ingress.unwind(waiting.keys(), message)) {
            case Unwound.Established reply -> establish(lsp, waiting, reply, nowNanos);
            case Unwound.Refused(int hop, ReplyRecord reply) ->
                giveUp(lsp, waiting, new SetupFailure.Refused(hop, reply), nowNanos);
            case Unwound.Spoiled(int hop) -> giveUp(lsp, waiting, new SetupFailure.Spoiled(hop), nowNanos);
            case Unwound.Contradictory _ -> giveUp(lsp, waiting, new SetupFailure.Contradictory(), nowNanos);
        }
    }

    /** The path is installed even if a hop's record is false: only so a release can go along it. */
    private void establish(Lsp<A, LspCiphers> lsp, Pending<A> waiting, Unwound.Established reply, long nowNanos) {
        int lifetime = Integer.MAX_VALUE;
        for (ReplyRecord hop : reply.replies()) {
            lifetime = Math.min(lifetime, hop.lifetimeSeconds());
        }
        LspCiphers ciphers = ciphers(waiting.terms(), reply.keys());
        lfib.install(lsp, reply.forwardLse(), lifetime, ciphers, nowNanos);
        SetupFailure falseRecord = falseRecord(waiting.path(), reply.replies());
        if (falseRecord == null) {
            established.put(lsp, waiting.listener());
            afterwards.accept(() -> waiting.listener().established(lsp, reply, nowNanos));
            return;
        }
        if (reply.epoch0() != null) {
            reply.epoch0().close();
        }
        lfib.end(lsp, LspEnd.DONE, nowNanos);
        fail(waiting.listener(), falseRecord, nowNanos);
    }

    private static LspCiphers ciphers(PathTerms terms, List<HopKeys> keys) {
        int last = keys.size() - 1;
        HopKeys[] transits = terms.mode() == LspMode.FAST
                ? NO_TRANSITS
                : keys.subList(0, last).toArray(NO_TRANSITS);
        try {
            return new LspCiphers.Ingress(
                    new IngressForward(terms.lspNumber(), transits, keys.get(last)),
                    new IngressReverse(terms.lspNumber(), transits, keys.get(last)));
        } finally {
            keys.forEach(HopKeys::close);
        }
    }

    private static @Nullable SetupFailure falseRecord(Path path, List<ReplyRecord> replies) {
        for (int i = 0; i < replies.size(); i++) {
            RecordDigest used = path.hops().get(i).addressed().digest();
            ReplyRecord reply = replies.get(i);
            if (!used.equals(reply.digest()) && !used.equals(reply.previousDigest())) {
                return new SetupFailure.FalseRecord(i + 1, reply);
            }
        }
        return null;
    }

    private void giveUp(Lsp<A, LspCiphers> lsp, Pending<A> waiting, SetupFailure failure, long nowNanos) {
        lfib.end(lsp, LspEnd.REFUSED, nowNanos);
        fail(waiting.listener(), failure, nowNanos);
    }

    private void fail(PathListener<A> listener, SetupFailure failure, long nowNanos) {
        afterwards.accept(() -> listener.failed(failure, nowNanos));
    }

    private boolean isUp(@Nullable Neighbour<A, LspCiphers> firstHop) {
        return firstHop != null && links.isUp(firstHop.adjacency());
    }

    /** The LSP is gone. */
    void ended(Lsp<A, LspCiphers> lsp, LspEnd end, long nowNanos) {
        Pending<A> waiting = pending.remove(lsp);
        if (waiting != null) {
            waiting.keys().close();
            boolean isFurtherOn = end == LspEnd.NO_REPLY && isUp(lsp.downstream());
            fail(waiting.listener(), isFurtherOn ? new SetupFailure.NoReply() : new SetupFailure.FirstHop(), nowNanos);
        }
        PathListener<A> listener = established.remove(lsp);
        if (listener != null) {
            afterwards.accept(() -> listener.ended(lsp, end, nowNanos));
        }
    }
}
