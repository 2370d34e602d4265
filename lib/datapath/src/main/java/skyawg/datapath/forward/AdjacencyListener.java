package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.noise.DynamicPeerEnd;

/** Told of neighbours that nobody configured. On the conductor; the device's calls for the conductor are allowed. */
public interface AdjacencyListener {
    /** The neighbour's first session is confirmed: it comes before its first message. */
    void came(TunnelPeer neighbour, long nowNanos);

    /** A neighbour that came, or was added, has been removed with its keys. No message of it follows. */
    void went(TunnelPeer neighbour, DynamicPeerEnd end, long nowNanos);
}
