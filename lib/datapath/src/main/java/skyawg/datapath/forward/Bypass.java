package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;

/** Takes packets that an interface's peers sent before they get to its TUN. On the interface's receiving thread. */
public interface Bypass {
    /**
     * Takes a packet, or leaves it, unchanged, to the TUN.
     *
     * @param from whose source address it has
     * @param packet an IP packet of this length; may be changed if it is taken, until this returns
     * @return whether it was taken, or dropped and counted
     */
    boolean take(TunnelPeer from, long packet, int length, long nowNanos);

    /** The batch ends. */
    void flush();
}
