package skyawg.datapath.forward;

import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.DynamicPeerEnd;
import skyawg.protocol.noise.DynamicPeerListener;
import skyawg.protocol.noise.DynamicPeers;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.StrangerRefusal;

/**
 * The mesh device's neighbours that nobody configured: strangers that came, and those that we went to. They have the
 * network's preshared key and no allowed IPs. One that nobody uses goes after a while, one without a session soon.
 *
 * <p>On the conductor, but for {@link #refusals}.
 */
public final class Adjacencies {
    private final DynamicPeers peers;
    private final EventCounters<StrangerRefusal> refusals = new EventCounters<>(StrangerRefusal.class);

    /** Before the conductor starts. */
    Adjacencies(AdjacencyPolicy policy, Conductor conductor, long nowNanos) {
        AdjacencyListener listener = policy.listener();
        DynamicPeerListener news = new DynamicPeerListener() {
            @Override
            public void came(Peer peer, long now) {
                listener.came((TunnelPeer) peer, now);
            }

            @Override
            public void went(Peer peer, DynamicPeerEnd end, long now) {
                listener.went((TunnelPeer) peer, end, now);
            }

            @Override
            public void refused(StrangerRefusal reason) {
                refusals.count(reason);
            }
        };
        peers = conductor
                .engine()
                .allowDynamicPeers(
                        policy.bounds(), policy.presharedKey(), key -> new TunnelPeer(key, conductor), news, nowNanos);
        peers.acceptStrangers(policy.acceptsStrangers());
    }

    /** Whether strangers are let in from now on. Those that are there stay. */
    public void acceptStrangers(boolean accepts) {
        peers.acceptStrangers(accepts);
    }

    /**
     * Adds a neighbour, or takes the one with this key that is there. Nothing is sent before there is something to
     * send.
     *
     * @return null when there are too many, or the key is our own
     */
    public @Nullable TunnelPeer add(PublicKey key, Endpoint endpoint, boolean isInUse, long nowNanos) {
        return (TunnelPeer) peers.add(key, Configuration.pathTo(endpoint), isInUse, nowNanos);
    }

    /** Whether the neighbour stays: a path goes through it, or soon will. A configured peer stays in any case. */
    public void setInUse(TunnelPeer neighbour, boolean isInUse, long nowNanos) {
        peers.setInUse(neighbour, isInUse, nowNanos);
    }

    /** Removes a neighbour with its keys. Nothing happens when it has gone. */
    public void remove(TunnelPeer neighbour, long nowNanos) {
        peers.remove(neighbour, nowNanos);
    }

    /** How many there are, with those that have no session yet. */
    public int size() {
        return peers.size();
    }

    /** How many strangers have not used their session yet. */
    public int unconfirmedStrangers() {
        return peers.unconfirmedStrangers();
    }

    /** How often a stranger was refused for this reason. Any thread. */
    public long refusals(StrangerRefusal reason) {
        return refusals.get(reason);
    }
}
