package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;

/** Hears what the packets of a tunnel's end say. */
@FunctionalInterface
public interface TunnelEndListener {
    /**
     * A packet of control, opened, and no repeat. On the conductor.
     *
     * @param content of its kind, with what pads it
     */
    void control(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos);
}
