package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;

/** Takes what neighbours say to this node itself. */
public interface ChannelListener {
    /**
     * A message on the associated channel, from its header on. On the conductor.
     *
     * @param message valid until this returns
     * @param length with the link's padding
     */
    void onMessage(TunnelPeer from, long message, int length, long nowNanos);
}
