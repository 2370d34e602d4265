package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;

/** Where labelled packets leave: in the session with a neighbour, or over a link of a simulator. */
@FunctionalInterface
public interface LinkSender {
    /**
     * Sends one packet if there is a session for it. On the packet thread.
     *
     * @param packet of {@code length} bytes, not padded; it may be changed afterwards
     * @return false when there is no session: one is asked for
     */
    boolean sendNow(TunnelPeer to, long packet, int length, long nowNanos);
}
