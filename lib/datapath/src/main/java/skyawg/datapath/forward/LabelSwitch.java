package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tun.WholeFrame;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelSpace;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.Operation;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.wire.Memory;

/**
 * The mesh device's duty cycle: a payload that a neighbour's session brings is a labelled packet, which is covered or
 * uncovered in place, given the next link's label and sent at once, or a message for the conductor.
 *
 * <p>Sink of the receiving worker and a worker itself, for what the conductor sends: both on one thread.
 */
final class LabelSwitch implements PayloadSink, Worker {
    private final SharedState shared;
    private final PacketRing<TunnelPeer> messages;
    private final SessionSender sender;
    private final LspEnds ends;
    private final Entropy entropy;
    /** Where this node's own messages are made. */
    private final long ownPacket;

    private final EventCounters<LabelDropReason> drops = new EventCounters<>(LabelDropReason.class);
    private final EventCounters<DropReason> sendingDrops = new EventCounters<>(DropReason.class);
    private final Queue<LongConsumer> tasks = new ConcurrentLinkedQueue<>();
    private boolean hasMessages;

    LabelSwitch(Arena arena, SharedState shared, PacketRing<TunnelPeer> messages, LspEnds ends, Entropy entropy) {
        this.shared = shared;
        this.messages = messages;
        this.ends = ends;
        this.entropy = entropy;
        this.ownPacket = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
        this.sender = new SessionSender(arena, shared, new WholeFrame(), MeshDevice.LINK_MTU, entropy, sendingDrops);
    }

    SessionSender sender() {
        return sender;
    }

    /** Does something on the packet thread, in order; the loop must be woken afterwards. Any thread. */
    void submit(LongConsumer task) {
        tasks.add(task);
    }

    EventCounters<LabelDropReason> drops() {
        return drops;
    }

    /** Those of the {@link #sender}. */
    EventCounters<DropReason> sendingDrops() {
        return sendingDrops;
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        TunnelSettings settings = shared.settings();
        int work = sender.beginCycle(settings, nowNanos);
        for (LongConsumer task = tasks.poll(); task != null; task = tasks.poll()) {
            task.accept(nowNanos);
            work++;
        }
        sender.endCycle(settings);
        return work;
    }

    @Override
    public void deliver(Peer peer, long payload, int length, long nowNanos) {
        LinkPayload kind = LinkPayload.classify(payload, length);
        switch (kind) {
            case LABEL -> forward((TunnelPeer) peer, payload, nowNanos);
            case CHANNEL -> {
                if (messages.put((TunnelPeer) peer, payload, length)) {
                    hasMessages = true;
                } else {
                    drops.count(LabelDropReason.CHANNEL_QUEUE_FULL);
                }
            }
            case KEEPALIVE -> {
                // Its session has been noted; there is nothing else in it.
            }
            case IP -> drops.count(LabelDropReason.IP_ON_LINK);
            default -> drops.count(LabelDropReason.BAD_LINK_PAYLOAD);
        }
    }

    @Override
    public void flush() {
        ends.flush();
        flushSends();
        if (hasMessages) {
            hasMessages = false;
            shared.conductor().wake();
        }
    }

    /** Sends what was given to {@link #send} since. On the packet thread. */
    void flushSends() {
        sender.endCycle(shared.settings());
    }

    private void forward(TunnelPeer from, long packet, long nowNanos) {
        LabelSpace<TunnelPeer, LspCiphers> labels = from.labels();
        Nhlfe<TunnelPeer, LspCiphers> entry = labels == null ? null : labels.lookup(LabelledPacket.label(packet));
        if (entry == null || !entry.isOpen()) {
            drops.count(LabelDropReason.UNKNOWN_LABEL);
            return;
        }
        if (entry.operation() == Operation.POP) {
            ends.arrive(entry, packet, nowNanos);
            return;
        }
        if (!(entry.keys() instanceof LspCiphers.Transit transit)) {
            send(entry, packet, nowNanos);
            return;
        }
        switch (transit.cross(entry.direction(), packet)) {
            case PASSED -> send(entry, packet, nowNanos);
            case HOP_MESSAGE -> answer(entry, transit, packet, nowNanos);
            default -> drops.count(LabelDropReason.BAD_ONION);
        }
    }

    /** Gives a packet that has its layers on the next link's label, and sends it. On the packet thread. */
    void send(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        TunnelPeer next = entry.outAdjacency();
        int length = LabelledPacket.lengthWithoutPadding(packet);
        LabelledPacket.swap(packet, entry.outEntry());
        if (next != null && sender.sendNow(shared.settings(), next, packet, length, nowNanos)) {
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

    /** Tells the ingress that the link behind this node is broken. On the packet thread. */
    void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason, long nowNanos) {
        if (reverse.isOpen()
                && reverse.keys() instanceof LspCiphers.Transit transit
                && transit.sealBroken(ownPacket, reason.code(), entropy, nowNanos)) {
            send(reverse, ownPacket, nowNanos);
        }
    }
}
