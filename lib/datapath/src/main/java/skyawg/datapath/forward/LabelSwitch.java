package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongConsumer;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tun.WholeFrame;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.onion.LspCiphers;

/**
 * The mesh device's duty cycle: a payload that a neighbour's session brings is a labelled packet, which is forwarded at
 * once ({@link LabelForwarder}), or a message for the conductor.
 *
 * <p>Sink of the receiving worker and a worker itself, for what the conductor sends: both on one thread.
 */
final class LabelSwitch implements PayloadSink, Worker {
    private final SharedState shared;
    private final PacketRing<TunnelPeer> messages;
    private final SessionSender sender;
    private final LspEnds ends;
    private final LabelForwarder forwarder;
    private final EventCounters<LabelDropReason> drops;
    private final EventCounters<DropReason> sendingDrops = new EventCounters<>(DropReason.class);
    private final Queue<LongConsumer> tasks = new ConcurrentLinkedQueue<>();
    private boolean hasMessages;

    LabelSwitch(Arena arena, SharedState shared, PacketRing<TunnelPeer> messages, LspEnds ends, Entropy entropy) {
        this.shared = shared;
        this.messages = messages;
        this.ends = ends;
        this.sender = new SessionSender(arena, shared, new WholeFrame(), MeshDevice.LINK_MTU, entropy, sendingDrops);
        this.forwarder = new LabelForwarder(
                arena,
                (to, packet, length, nowNanos) -> sender.sendNow(shared.settings(), to, packet, length, nowNanos),
                ends,
                entropy);
        this.drops = forwarder.drops();
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
            case LABEL -> forwarder.forward((TunnelPeer) peer, payload, nowNanos);
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

    /** Sends a packet along an LSP that begins here. On the packet thread. */
    void send(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        forwarder.send(entry, packet, nowNanos);
    }

    /** Tells the ingress that the link behind this node is broken. On the packet thread. */
    void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason, long nowNanos) {
        forwarder.sendBroken(reverse, reason, nowNanos);
    }
}
