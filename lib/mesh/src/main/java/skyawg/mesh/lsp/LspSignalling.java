package skyawg.mesh.lsp;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Queue;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.mpls.LabelSpace;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.Lfib;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspBounds;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.LspListener;
import skyawg.protocol.mpls.LspRole;
import skyawg.protocol.mpls.ReleaseMessage;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.setup.ReplyMessage;
import skyawg.protocol.setup.SetupHop;
import skyawg.protocol.setup.SetupMessage;
import skyawg.protocol.setup.Status;
import skyawg.protocol.wire.Memory;

/**
 * A node's part in label-switched paths: takes neighbours' messages, what happens to adjacencies, and time. See the
 * package for who does what.
 *
 * @param <A> an adjacency; equal means the same one
 */
public final class LspSignalling<A> {
    private final Links<A> links;
    private final Lfib<A, LspCiphers> lfib;
    private final Adjacents<A> adjacents;
    private final LinkTests<A> linkTests;
    private final LinkWatch<A> linkWatch;
    private final HopSetups<A> hopSetups;
    private final IngressSetups<A> ingressSetups;
    private final Exits<A> exits;
    private final SignalCounters counters = new SignalCounters();
    private final Arena arena = Arena.ofAuto();
    private final long scratch = Memory.allocate(arena, ReleaseMessage.LENGTH);
    /** What listeners are told, once the table may be changed again. */
    private final Queue<Runnable> afterwards = new ArrayDeque<>();

    private long nowNanos;

    /**
     * @param hop opens set-ups; stays the caller's to close
     * @param consent what this node says of itself at first
     */
    public LspSignalling(
            Links<A> links,
            Exits<A> exits,
            NetworkId networkId,
            SetupHop hop,
            Consent consent,
            LspBounds bounds,
            Entropy entropy,
            long nowNanos) {
        this.links = links;
        this.exits = exits;
        this.nowNanos = nowNanos;
        lfib = new Lfib<>(entropy, bounds, new Ends());
        linkWatch = new LinkWatch<>(links, entropy, counters);
        adjacents = new Adjacents<>(links, lfib, adjacent -> linkWatch.follow(adjacent, this.nowNanos));
        linkTests = new LinkTests<>(links, entropy, counters);
        hopSetups = new HopSetups<>(links, lfib, adjacents, linkTests, hop, exits, consent, counters, nowNanos);
        ingressSetups =
                new IngressSetups<>(links, lfib, adjacents, linkTests, networkId.toBytes(), entropy, afterwards::add);
    }

    /** The node's record, or what it offers, has changed. */
    public void setConsent(Consent consent) {
        hopSetups.setConsent(consent);
    }

    /**
     * A message of the associated channel.
     *
     * @param message from its channel header on; valid until this returns
     * @param length with the link's padding
     * @return false when it is of a type that is not signalling's
     */
    public boolean onMessage(A from, long message, int length, long now, long unixSeconds) {
        nowNanos = now;
        Adjacent<A> sender = adjacents.of(from, now);
        switch (ChannelHeader.type(message)) {
            case ChannelHeader.SET_UP -> {
                byte[] setup = Memory.bytes(message, Math.min(length, SetupMessage.LENGTH));
                hopSetups.onSetup(sender, setup, setup.length, now, unixSeconds);
            }
            case ChannelHeader.REPLY ->
                onReply(sender, Memory.bytes(message, Math.min(length, ReplyMessage.LENGTH)), unixSeconds);
            case ChannelHeader.RELEASE -> onRelease(sender, message, length);
            case ChannelHeader.LINK_TEST -> linkTests.onMessage(sender, message, length, now);
            case ChannelHeader.BFD -> {
                linkWatch.onMessage(sender, message, length, now);
                actOnWatch();
            }
            default -> {
                return false;
            }
        }
        settle();
        return true;
    }

    private void onReply(Adjacent<A> from, byte[] message, long unixSeconds) {
        if (!ReplyMessage.isWellFormed(message, message.length)) {
            counters.count(SignalDrop.MALFORMED);
            return;
        }
        int label = LabelStackEntry.label(ReplyMessage.reverseLse(message));
        Lsp<A, LspCiphers> lsp = label < LabelStackEntry.MIN_LABEL ? null : lfib.awaitingReply(from.neighbour(), label);
        if (lsp == null) {
            counters.count(SignalDrop.UNKNOWN_REPLY);
        } else if (lsp.role() == LspRole.INGRESS) {
            ingressSetups.onReply(lsp, message, nowNanos);
        } else {
            hopSetups.onReply(lsp, message, nowNanos, unixSeconds);
        }
    }

    private void onRelease(Adjacent<A> from, long message, int length) {
        if (!ReleaseMessage.isWellFormed(message, length)) {
            counters.count(SignalDrop.MALFORMED);
        } else if (!lfib.onRelease(
                from.neighbour(), ReleaseMessage.label(message), ReleaseMessage.reasonCode(message), nowNanos)) {
            counters.count(SignalDrop.UNKNOWN_RELEASE);
        }
    }

    /** Sets a path up; the listener hears what comes of it, at the earliest when this returns. */
    public void setUp(Path path, PathTerms terms, PathListener<A> listener, long now, long unixSeconds) {
        nowNanos = now;
        ingressSetups.setUp(path, terms, listener, now, unixSeconds);
        settle();
    }

    /** Ends a path of this node, at either end of it. Nothing happens when it is gone. */
    public void end(Lsp<A, LspCiphers> lsp, LspEnd end, long now) {
        nowNanos = now;
        lfib.end(lsp, end, now);
        settle();
    }

    /** The neighbour does not answer any more. */
    public void linkDown(A adjacency, long now) {
        nowNanos = now;
        lfib.linkDown(adjacents.of(adjacency, now).neighbour(), now);
        settle();
    }

    private void actOnWatch() {
        for (Adjacent<A> silent : linkWatch.takeSilent()) {
            lfib.reportBroken(silent.neighbour());
        }
        for (Adjacent<A> gone : linkWatch.takeDown()) {
            lfib.linkDown(gone.neighbour(), nowNanos);
        }
    }

    /** The adjacency is no more. */
    public void gone(A adjacency, long now) {
        nowNanos = now;
        linkTests.forget(adjacents.of(adjacency, now));
        linkWatch.forget(adjacents.of(adjacency, now));
        adjacents.remove(adjacency, now);
        settle();
    }

    /** The neighbour's endpoint is another one now. */
    public void moved(A adjacency, long now) {
        nowNanos = now;
        linkTests.restart(adjacents.of(adjacency, now), now);
        settle();
    }

    /** Does what time demands. */
    public void advance(long now, long unixSeconds) {
        nowNanos = now;
        for (Adjacent<A> narrow : linkTests.advance(now)) {
            hopSetups.refuseOver(narrow, Status.PATH_MTU, now, unixSeconds);
            lfib.pathMtuFailed(narrow.neighbour(), now);
        }
        linkWatch.advance(now);
        actOnWatch();
        hopSetups.advance(now, unixSeconds);
        lfib.advance(now);
        settle();
    }

    /** When {@link #advance} next has something to do; {@link Deadlines#NEVER} for nothing. */
    public long nextDeadline(long now) {
        long next = lfib.size() == 0 ? Deadlines.NEVER : lfib.nextDeadline();
        next = Deadlines.earlier(next, linkTests.nextDeadline(now), now);
        next = Deadlines.earlier(next, linkWatch.nextDeadline(), now);
        return Deadlines.earlier(next, hopSetups.nextDeadline(now), now);
    }

    /** Ends every path: the node stops. */
    public void shutDown(long now) {
        nowNanos = now;
        for (Lsp<A, LspCiphers> lsp : lfib.all()) {
            lfib.end(lsp, LspEnd.SHUTTING_DOWN, now);
        }
        settle();
    }

    /** The table itself, to look at. */
    public Lfib<A, LspCiphers> lfib() {
        return lfib;
    }

    /** What this node gave a neighbour; packet threads look labels up in it. */
    public LabelSpace<A, LspCiphers> labels(A adjacency, long now) {
        return adjacents.of(adjacency, now).neighbour().labels();
    }

    public SignalCounters counters() {
        return counters;
    }

    private void settle() {
        for (Runnable next = afterwards.poll(); next != null; next = afterwards.poll()) {
            next.run();
        }
    }

    /** What follows from the table's changes. */
    private final class Ends implements LspListener<A, LspCiphers> {
        @Override
        public void sendRelease(A adjacency, int entry, int reasonCode) {
            ReleaseMessage.write(scratch, entry, reasonCode);
            links.send(adjacency, Memory.bytes(scratch, ReleaseMessage.LENGTH));
        }

        @Override
        public void sendBroken(Lsp<A, LspCiphers> lsp, ReleaseReason reason) {
            links.sendBroken(lsp.reverse(), reason);
        }

        @Override
        public void ended(Lsp<A, LspCiphers> lsp, LspEnd end) {
            adjacents.noteUse(lsp.upstream());
            adjacents.noteUse(lsp.downstream());
            switch (lsp.role()) {
                case INGRESS -> ingressSetups.ended(lsp, end, nowNanos);
                case TRANSIT -> hopSetups.ended(lsp);
                case EGRESS -> {
                    long when = nowNanos;
                    afterwards.add(() -> exits.ended(lsp, end, when));
                }
            }
            LspCiphers ciphers = lsp.reverse().keys();
            if (ciphers != null) {
                links.retire(ciphers);
            }
        }
    }
}
