package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.agenda.Agenda;
import skyawg.protocol.crypto.Entropy;

/**
 * Label forwarding information base: every LSP that this node is part of, the neighbours and their labels, and the
 * bounds on all of it. Set-ups, replies, releases and time come in as calls; what follows for packets happens in the
 * entries at once, what is to be sent goes to the {@link LspListener}.
 *
 * <pre>
 *      upstream neighbour                this node                downstream neighbour
 *        packets with forward in-label -->  SWAP  --> with the label that it gave in its reply
 *   with the label of its set-up       <--  SWAP  <-- packets with reverse in-label
 * </pre>
 *
 * <p>The conductor's. Packet threads look into {@link Neighbour#labels} and know nothing of this class.
 *
 * @param <A> an adjacency, as the data path has it
 * @param <K> hop keys, or at an end whatever opens and seals there
 */
public final class Lfib<A, K> {
    /** No deadline. */
    public static final long NEVER = Agenda.NEVER;

    private final Entropy entropy;
    private final LspListener<A, K> listener;
    private final FairShare<Lsp<A, K>> lsps;
    private final FairShare<Lsp<A, K>> pending;
    private final Agenda<Lsp<A, K>> agenda = new Agenda<>();

    public Lfib(Entropy entropy, LspBounds bounds, LspListener<A, K> listener) {
        this.entropy = entropy;
        this.listener = listener;
        lsps = new FairShare<>(bounds.perNeighbour(), bounds.perNode(), lsp -> lsp.state() == LspState.CONFIRMED);
        pending = new FairShare<>(bounds.pendingPerNeighbour(), bounds.pendingPerNode(), _ -> false);
    }

    public Neighbour<A, K> addNeighbour(A adjacency) {
        return new Neighbour<>(adjacency, lsps.newHolder(), pending.newHolder());
    }

    /** Ends what the neighbour has part in, as {@link #linkDown} does, but at once, and forgets it. */
    public void removeNeighbour(Neighbour<A, K> neighbour, long nowNanos) {
        for (Lsp<A, K> lsp : over(neighbour)) {
            end(lsp, LspEnd.LINK_DOWN, neighbour, nowNanos);
        }
        lsps.forget(neighbour.lsps());
        pending.forget(neighbour.pending());
    }

    /** How many LSPs there are, those begun here included. */
    public int size() {
        return agenda.size();
    }

    public int pendingCount() {
        return pending.held();
    }

    /** Every LSP there is. */
    public List<Lsp<A, K>> all() {
        return agenda.all();
    }

    /**
     * Whether a set-up from this neighbour has a place, asked before anything is spent on opening it. One that ends
     * here needs less; the difference is not worth knowing what the set-up says.
     */
    public Admission admission(Neighbour<A, K> upstream) {
        Admission admission = lsps.ask(upstream.lsps());
        return admission == Admission.ADMITTED ? pending.ask(upstream.pending()) : admission;
    }

    /**
     * A set-up is about to be passed on. The label to name to the next hop is that of {@link Lsp#reverse}.
     *
     * @param upstreamEntry label stack entry that the set-up named: what the upstream neighbour expects from us
     * @return null when there is no place: {@link #admission} says why
     */
    public @Nullable Lsp<A, K> beginTransit(
            Neighbour<A, K> upstream, int upstreamEntry, Neighbour<A, K> downstream, LspMode mode, long nowNanos) {
        if (admission(upstream) != Admission.ADMITTED) {
            return null;
        }
        makeRoom(lsps, upstream.lsps(), nowNanos);
        makeRoom(pending, upstream.pending(), nowNanos);
        Lsp<A, K> lsp = new Lsp<>(LspRole.TRANSIT, mode, upstream, downstream, nowNanos);
        Nhlfe<A, K> reverse =
                Nhlfe.sending(Operation.SWAP, Direction.REVERSE, mode, upstream.adjacency(), upstreamEntry, lsp);
        downstream.labels().bind(reverse, entropy, nowNanos);
        lsp.setReverse(reverse);
        lsps.add(upstream.lsps(), lsp);
        pending.add(upstream.pending(), lsp);
        agenda.put(lsp, lsp.nextDeadline());
        return lsp;
    }

    /** A set-up of our own is about to be sent. The label to name to the first hop is that of {@link Lsp#reverse}. */
    public Lsp<A, K> beginIngress(Neighbour<A, K> downstream, LspMode mode, long nowNanos) {
        Lsp<A, K> lsp = new Lsp<>(LspRole.INGRESS, mode, null, downstream, nowNanos);
        Nhlfe<A, K> reverse = Nhlfe.popping(Direction.REVERSE, mode, lsp);
        downstream.labels().bind(reverse, entropy, nowNanos);
        lsp.setReverse(reverse);
        agenda.put(lsp, lsp.nextDeadline());
        return lsp;
    }

    /**
     * A set-up that ends here is accepted. The label for the reply is that of {@link Lsp#forward}.
     *
     * @return null when there is no place
     */
    public @Nullable Lsp<A, K> addEgress(
            Neighbour<A, K> upstream, int upstreamEntry, LspMode mode, int lifetimeSeconds, K keys, long nowNanos) {
        return addEgress(upstream, upstreamEntry, mode, lifetimeSeconds, _ -> keys, nowNanos);
    }

    /**
     * As the other, for keys that come about as the reply is written, which names the label.
     *
     * @param keys called with the label for the reply, once, if there is a place
     */
    public @Nullable Lsp<A, K> addEgress(
            Neighbour<A, K> upstream,
            int upstreamEntry,
            LspMode mode,
            int lifetimeSeconds,
            IntFunction<K> keys,
            long nowNanos) {
        if (lsps.ask(upstream.lsps()) != Admission.ADMITTED) {
            return null;
        }
        makeRoom(lsps, upstream.lsps(), nowNanos);
        Lsp<A, K> lsp = new Lsp<>(LspRole.EGRESS, mode, upstream, null, nowNanos);
        lsp.setReverse(
                Nhlfe.sending(Operation.PUSH, Direction.REVERSE, mode, upstream.adjacency(), upstreamEntry, lsp));
        Nhlfe<A, K> forward = Nhlfe.popping(Direction.FORWARD, mode, lsp);
        int label = upstream.labels().bind(forward, entropy, nowNanos);
        lsp.install(forward, keys.apply(label), lifetimeSeconds, nowNanos);
        lsps.add(upstream.lsps(), lsp);
        agenda.put(lsp, lsp.nextDeadline());
        return lsp;
    }

    /**
     * The LSP that a reply is for; null when it names none that waits for one from this neighbour: drop it.
     *
     * @param label that we gave in the set-up
     */
    public @Nullable Lsp<A, K> awaitingReply(Neighbour<A, K> downstream, int label) {
        Nhlfe<A, K> entry = downstream.labels().lookup(label);
        Lsp<A, K> lsp = entry == null ? null : entry.lsp();
        boolean isAwaiting = lsp != null && lsp.state() == LspState.PENDING;
        return isAwaiting ? lsp : null;
    }

    /**
     * A reply accepted the set-up. At a transit the label to pass on with it is that of {@link Lsp#forward}.
     *
     * @param downstreamEntry label stack entry that the reply named: what the next hop expects from us
     * @param lifetimeSeconds as granted by this node; at the ingress by the hop that granted least
     */
    public void install(Lsp<A, K> lsp, int downstreamEntry, int lifetimeSeconds, K keys, long nowNanos) {
        install(lsp, downstreamEntry, lifetimeSeconds, _ -> keys, nowNanos);
    }

    /**
     * As the other, for keys that come about as the reply is passed on, which names the label.
     *
     * @param keys called once, with the label to pass on; with 0 at the ingress
     */
    public void install(Lsp<A, K> lsp, int downstreamEntry, int lifetimeSeconds, IntFunction<K> keys, long nowNanos) {
        Neighbour<A, K> upstream = lsp.upstream();
        Neighbour<A, K> downstream = lsp.downstream();
        if (downstream == null || lsp.state() != LspState.PENDING) {
            throw new IllegalStateException("no reply is awaited for this LSP: it is " + lsp.state());
        }
        Operation operation = upstream == null ? Operation.PUSH : Operation.SWAP;
        Nhlfe<A, K> forward =
                Nhlfe.sending(operation, Direction.FORWARD, lsp.mode(), downstream.adjacency(), downstreamEntry, lsp);
        int label = upstream == null ? 0 : upstream.labels().bind(forward, entropy, nowNanos);
        lsp.install(forward, keys.apply(label), lifetimeSeconds, nowNanos);
        if (upstream != null) {
            pending.remove(upstream.pending(), lsp);
        }
        agenda.put(lsp, lsp.nextDeadline());
    }

    /** Ends an LSP for a reason of our own, and tells both neighbours. Nothing happens when it is gone. */
    public void end(Lsp<A, K> lsp, LspEnd end, long nowNanos) {
        end(lsp, end, null, nowNanos);
    }

    /**
     * A release came from this neighbour. The neighbour on the other side is told.
     *
     * @param label that we gave for packets from the sender
     * @return false when it means nothing here
     */
    public boolean onRelease(Neighbour<A, K> from, int label, int reasonCode, long nowNanos) {
        Nhlfe<A, K> entry = from.labels().lookup(label);
        Lsp<A, K> lsp = entry == null ? null : entry.lsp();
        if (lsp == null) {
            return false;
        }
        tell(lsp, from, reasonCode);
        bury(lsp, LspEnd.RELEASED, nowNanos);
        return true;
    }

    /**
     * The neighbour does not answer. LSPs that came from it are released towards the egress. For those that go to it
     * the ingress is told by a hop message, and two seconds later the neighbours upstream by a release; where there are
     * no hop messages, at once.
     */
    public void linkDown(Neighbour<A, K> neighbour, long nowNanos) {
        for (Lsp<A, K> lsp : over(neighbour)) {
            if (canReport(lsp, neighbour)) {
                if (lsp.breakOff(nowNanos)) {
                    agenda.put(lsp, lsp.nextDeadline());
                    listener.sendBroken(lsp, ReleaseReason.LINK_DOWN);
                }
            } else {
                end(lsp, LspEnd.LINK_DOWN, neighbour, nowNanos);
            }
        }
    }

    /**
     * The neighbour does not answer just now: the ingresses of LSPs that go to it are told, and nothing else happens.
     */
    public void reportBroken(Neighbour<A, K> neighbour) {
        for (Lsp<A, K> lsp : over(neighbour)) {
            if (canReport(lsp, neighbour)) {
                listener.sendBroken(lsp, ReleaseReason.LINK_DOWN);
            }
        }
    }

    private boolean canReport(Lsp<A, K> lsp, Neighbour<A, K> downstream) {
        return lsp.role() == LspRole.TRANSIT
                && lsp.mode() == LspMode.ONION
                && lsp.state() != LspState.PENDING
                && downstream.equals(lsp.downstream());
    }

    /**
     * The link to this neighbour does not carry packets of full size: what leads over it ends. The neighbour is not
     * told; it tests the link itself.
     */
    public void pathMtuFailed(Neighbour<A, K> neighbour, long nowNanos) {
        for (Lsp<A, K> lsp : over(neighbour)) {
            end(lsp, LspEnd.PATH_MTU, neighbour, nowNanos);
        }
    }

    /** When {@link #advance} next has something to do; {@link #NEVER} without LSPs. */
    public long nextDeadline() {
        return agenda.nextNanos();
    }

    /** Ends what time has ended. */
    public void advance(long nowNanos) {
        for (Lsp<A, K> lsp = agenda.first(); lsp != null && nowNanos - lsp.dueNanos() >= 0; lsp = agenda.first()) {
            LspEnd end = lsp.dueEnd(nowNanos);
            if (end == null) {
                agenda.put(lsp, lsp.nextDeadline());
                noteConfirmation(lsp);
            } else {
                end(lsp, end, null, nowNanos);
            }
        }
    }

    /** Every LSP that this neighbour is part of. A pending one from it has no label in its space yet. */
    private List<Lsp<A, K>> over(Neighbour<A, K> neighbour) {
        List<Lsp<A, K>> found = new ArrayList<>(neighbour.pending().unconfirmed());
        neighbour.labels().forEach(entry -> {
            Lsp<A, K> lsp = entry.lsp();
            if (lsp != null) {
                found.add(lsp);
            }
        });
        return found;
    }

    private void makeRoom(FairShare<Lsp<A, K>> share, FairShare.Holder<Lsp<A, K>> asking, long nowNanos) {
        Lsp<A, K> victim = share.toEvict(asking);
        if (victim != null) {
            end(victim, LspEnd.EVICTED, null, nowNanos);
        }
    }

    private void noteConfirmation(Lsp<A, K> lsp) {
        Neighbour<A, K> upstream = lsp.upstream();
        if (upstream != null && lsp.state() == LspState.CONFIRMED) {
            lsps.confirm(upstream.lsps(), lsp);
        }
    }

    private void end(Lsp<A, K> lsp, LspEnd end, @Nullable Neighbour<A, K> cause, long nowNanos) {
        if (lsp.state() == LspState.GONE) {
            return;
        }
        ReleaseReason reason = end.told();
        if (reason != null) {
            tell(lsp, cause, reason.code());
        }
        bury(lsp, end, nowNanos);
    }

    /** Sends releases to the neighbours that know a label of ours, but to the one that it came from. */
    private void tell(Lsp<A, K> lsp, @Nullable Neighbour<A, K> butFor, int reasonCode) {
        tell(lsp.reverse(), lsp.upstream(), butFor, reasonCode);
        tell(lsp.forward(), lsp.downstream(), butFor, reasonCode);
    }

    private void tell(
            @Nullable Nhlfe<A, K> towards,
            @Nullable Neighbour<A, K> neighbour,
            @Nullable Neighbour<A, K> butFor,
            int reasonCode) {
        if (towards != null && neighbour != null && !neighbour.equals(butFor)) {
            listener.sendRelease(neighbour.adjacency(), towards.outEntry(), reasonCode);
        }
    }

    private void bury(Lsp<A, K> lsp, LspEnd end, long nowNanos) {
        Neighbour<A, K> upstream = lsp.upstream();
        Neighbour<A, K> downstream = lsp.downstream();
        if (upstream != null) {
            if (lsp.state() == LspState.PENDING) {
                pending.remove(upstream.pending(), lsp);
            }
            lsps.remove(upstream.lsps(), lsp);
        }
        lsp.end();
        release(lsp.forward(), upstream, nowNanos);
        release(lsp.reverse(), downstream, nowNanos);
        agenda.remove(lsp);
        listener.ended(lsp, end);
    }

    private static <A, K> void release(@Nullable Nhlfe<A, K> entry, @Nullable Neighbour<A, K> from, long nowNanos) {
        if (entry != null && from != null) {
            from.labels().release(entry.inLabel(), nowNanos);
        }
    }
}
