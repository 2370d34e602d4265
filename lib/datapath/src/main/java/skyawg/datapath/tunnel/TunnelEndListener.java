package skyawg.datapath.tunnel;

import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;

/** Hears what the packets of a tunnel's end say. On the conductor. */
public interface TunnelEndListener {
    /**
     * A packet of control was opened, and is no repeat.
     *
     * @param content of its kind, with what pads it
     */
    void control(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos);

    /** The first packet sealed in this epoch was opened: the other end has its keys. */
    void opened(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, long nowNanos);

    /** A transit of the LSP says something: its answer to an echo, or that the link behind it is broken. */
    void hopMessage(Lsp<TunnelPeer, LspCiphers> lsp, HopWord word, long nowNanos);

    void news(Lsp<TunnelPeer, LspCiphers> lsp, PathNews news, long nowNanos);
}
