package skyawg.datapath.forward;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.Verdict;

/** Hears what the packets of a tunnel's end say. */
public interface TunnelEndListener {
    /**
     * A packet of control, opened, and no repeat. On the conductor.
     *
     * @param content of its kind, with what pads it
     */
    void control(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos);

    /** What became of a packet. On the packet thread. */
    void verdict(Verdict verdict);
}
