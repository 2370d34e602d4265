package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.LspCiphers;

/** Takes packets whose label-switched path ends at this node. */
public interface LspEnds {
    /**
     * A packet has come to its end; what it holds has not been opened. On the packet thread, which must not be held up.
     *
     * @param packet a whole labelled packet, valid and free to be changed until {@link #flush}
     */
    void arrive(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos);

    /** The batch ends. On the packet thread. */
    default void flush() {}
}
