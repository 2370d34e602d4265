package skyawg.datapath.tunnel;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.PacketRing;
import skyawg.datapath.forward.Worker;

/**
 * From the clients of one interface into the ingress: at once where the interface's thread is the mesh device's too,
 * else by a ring to the mesh device's thread, whose worker this is.
 *
 * <p>What is no worker's method is the interface's receiving thread's.
 */
final class DirectEntrance implements Worker {
    /** Of a packet in the ring: more than what fits the mesh, so that too long ones are answered as elsewhere. */
    static final int LONGEST = 2048;

    private static final int SLOTS = 1024;

    private final Arena arena = Arena.ofAuto();
    private final TunnelEnds node;
    private final IngressEdge edge;
    private final DirectReturn back;
    private final Answers answers;
    private final @Nullable PacketRing<IngressEdge.Route> ring;
    private final PacketRing.Taker<IngressEdge.Route> taker;
    private boolean hasEntered;

    /** @param back where those are told of it whose packets cannot go on */
    DirectEntrance(TunnelEnds node, IngressEdge edge, DirectReturn back, boolean isOneThread) {
        this.node = node;
        this.edge = edge;
        this.back = back;
        this.answers = back::answer;
        this.taker = (route, packet, length, nowNanos) -> edge.enter(route, answers, packet, length, nowNanos);
        this.ring = isOneThread ? null : new PacketRing<>(arena, SLOTS, 0, LONGEST);
    }

    /** Takes a client's packet, which may be changed. @return null, or why it was dropped */
    @Nullable
    TunnelDrop enter(IngressEdge.Route route, long packet, int length, long nowNanos) {
        hasEntered = true;
        if (ring == null) {
            edge.enter(route, answers, packet, length, nowNanos);
            return null;
        }
        if (length > LONGEST) {
            return TunnelDrop.TOO_LONG;
        }
        return ring.put(route, packet, length) ? null : TunnelDrop.QUEUE_FULL;
    }

    /** The batch ends. */
    void flush() {
        if (!hasEntered) {
            return;
        }
        hasEntered = false;
        if (ring == null) {
            send();
        } else {
            node.wake();
        }
    }

    /** Sends what has entered, and what was answered. */
    private void send() {
        node.flushSends();
        back.flush();
    }

    @Override
    public long wakeNanos() {
        return ring == null ? NEVER : ring.wakeNanos();
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        int count = ring == null ? 0 : ring.drain(taker, nowNanos);
        if (count > 0) {
            send();
        }
        return count;
    }
}
