package skyawg.datapath.tunnel;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.EventCounters;
import skyawg.datapath.forward.PeerPort;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.edge.HopLimit;

/**
 * Packets out of tunnels to the clients of one interface, without the kernel. The mesh device's packet thread's.
 *
 * <p>What a router would have to say something about (a hop limit that is used up, a packet longer than the interface
 * takes) is left to the kernel, which says it.
 */
final class DirectReturn {
    private final String name;
    private final PeerPort port;
    private final Supplier<DirectRules> rules;
    private final EventCounters<TunnelDrop> drops;

    // What is known of the peer that was last asked about.
    private @Nullable DirectRules knownRules;
    private @Nullable TunnelPeer knownPeer;
    private boolean isNamed;

    /**
     * @param name of the interface
     * @param drops counts what is dropped here
     */
    DirectReturn(String name, PeerPort port, Supplier<DirectRules> rules, EventCounters<TunnelDrop> drops) {
        this.name = name;
        this.port = port;
        this.rules = rules;
        this.drops = drops;
    }

    PeerPort port() {
        return port;
    }

    /**
     * Gives a packet to the client that its destination belongs to.
     *
     * @param packet as {@link Outlet} takes it
     * @return false when it is not for a client that rules name, or is for the kernel to judge; then it is unchanged
     */
    boolean deliver(long packet, int length, long nowNanos) {
        TunnelPeer peer = port.owner(packet);
        if (peer == null || !isNamed(peer) || length > port.mtu() || !HopLimit.decrement(packet)) {
            return false;
        }
        send(peer, packet, length, nowNanos);
        return true;
    }

    /** Gives one of this router's own packets to whom it is for. */
    void answer(long packet, int length, long nowNanos) {
        TunnelPeer peer = port.owner(packet);
        if (peer != null) {
            send(peer, packet, length, nowNanos);
        }
    }

    private void send(TunnelPeer peer, long packet, int length, long nowNanos) {
        if (!port.send(peer, packet, length, nowNanos)) {
            drops.count(TunnelDrop.QUEUE_FULL);
        }
    }

    @SuppressWarnings("ReferenceEquality") // rules and a peer are one object each
    private boolean isNamed(TunnelPeer peer) {
        DirectRules present = rules.get();
        if (peer != knownPeer || present != knownRules) {
            knownPeer = peer;
            knownRules = present;
            isNamed = present.namesInterface(name) || present.namesClient(peer.publicKey());
        }
        return isNamed;
    }

    void flush() {
        port.flush();
    }
}
