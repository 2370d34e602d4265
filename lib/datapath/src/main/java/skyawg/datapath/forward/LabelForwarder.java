package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelSpace;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.Operation;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.wire.Memory;

/**
 * What becomes of a labelled packet: it is covered or uncovered in place, given the next link's label and sent at once,
 * or has come to its end. One packet thread's; nothing is allocated for a packet.
 */
public final class LabelForwarder {
    private final LinkSender links;
    private final LspEnds ends;
    private final Entropy entropy;
    /** Where this node's own messages are made. */
    private final long ownPacket;

    private final EventCounters<LabelDropReason> drops = new EventCounters<>(LabelDropReason.class);

    public LabelForwarder(Arena arena, LinkSender links, LspEnds ends, Entropy entropy) {
        this.links = links;
        this.ends = ends;
        this.entropy = entropy;
        this.ownPacket = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
    }

    /** How often packets were dropped for this reason. Any thread. */
    public EventCounters<LabelDropReason> drops() {
        return drops;
    }

    /**
     * Takes what a neighbour sent.
     *
     * @param packet that {@link skyawg.protocol.mpls.LinkPayload#classify} calls a label; changed
     */
    public void forward(TunnelPeer from, long packet, long nowNanos) {
        LabelSpace<TunnelPeer, LspCiphers> labels = from.labels();
        Nhlfe<TunnelPeer, LspCiphers> entry = labels == null ? null : labels.lookup(LabelledPacket.label(packet));
        if (entry == null || !entry.isOpen()) {
            drops.count(LabelDropReason.UNKNOWN_LABEL);
            return;
        }
        if (entry.operation() == Operation.POP) {
            arrive(entry, packet, nowNanos);
            return;
        }
        if (!(entry.keys() instanceof LspCiphers.Transit transit)) {
            swap(entry, packet, nowNanos);
            return;
        }
        switch (transit.cross(entry.direction(), packet)) {
            case PASSED -> send(entry, packet, nowNanos);
            case HOP_MESSAGE -> answer(entry, transit, packet, nowNanos);
            default -> drops.count(LabelDropReason.BAD_ONION);
        }
    }

    private void arrive(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        if (entry.lsp() == null) {
            entry.count(LabelledPacket.lengthWithoutPadding(packet), nowNanos);
        } else {
            ends.arrive(entry, packet, nowNanos);
        }
    }

    /** Changes the label alone. Of rules made by hand only the TTL keeps packets from going in a circle for ever. */
    private void swap(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        if (entry.lsp() != null) {
            send(entry, packet, nowNanos);
            return;
        }
        int ttl = LabelStackEntry.ttl(LabelStackEntry.read(packet)) - 1;
        if (ttl > 0) {
            send(entry, LabelStackEntry.withTtl(entry.outEntry(), ttl), packet, nowNanos);
        } else {
            drops.count(LabelDropReason.TTL_EXPIRED);
        }
    }

    /** Gives a packet that has its layers on the next link's label, and sends it. */
    public void send(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        send(entry, entry.outEntry(), packet, nowNanos);
    }

    private void send(Nhlfe<TunnelPeer, LspCiphers> entry, int stackEntry, long packet, long nowNanos) {
        TunnelPeer next = entry.outAdjacency();
        int length = LabelledPacket.lengthWithoutPadding(packet);
        LabelledPacket.swap(packet, stackEntry);
        if (next != null && links.sendNow(next, packet, length, nowNanos)) {
            entry.count(length, nowNanos);
        } else {
            drops.count(LabelDropReason.NO_SESSION);
        }
    }

    /** A message from the ingress to this node. */
    private void answer(Nhlfe<TunnelPeer, LspCiphers> entry, LspCiphers.Transit transit, long message, long nowNanos) {
        entry.count(LabelledPacket.lengthWithoutPadding(message), nowNanos);
        Lsp<TunnelPeer, LspCiphers> lsp = entry.lsp();
        if (lsp != null && transit.answer(message, ownPacket, entropy, nowNanos)) {
            send(lsp.reverse(), ownPacket, nowNanos);
        } else {
            drops.count(LabelDropReason.HOP_MESSAGE);
        }
    }

    /** Tells the ingress that the link behind this node is broken. */
    public void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason, long nowNanos) {
        if (reverse.isOpen()
                && reverse.keys() instanceof LspCiphers.Transit transit
                && transit.sealBroken(ownPacket, reason.code(), entropy, nowNanos)) {
            send(reverse, ownPacket, nowNanos);
        }
    }
}
