package skyawg.datapath.forward;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.LspCiphers;

/** Which tunnel the LSPs that end here belong to. The packet thread's. */
public final class TunnelEnds implements LspEnds {
    private final Map<Lsp<TunnelPeer, LspCiphers>, TunnelEnd> ends = new HashMap<>();

    public void attach(Lsp<TunnelPeer, LspCiphers> lsp, TunnelEnd end) {
        ends.put(lsp, end);
    }

    public void detach(Lsp<TunnelPeer, LspCiphers> lsp) {
        ends.remove(lsp);
    }

    @Override
    public void arrive(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        Lsp<TunnelPeer, LspCiphers> lsp = entry.lsp();
        @Nullable TunnelEnd end = lsp == null ? null : ends.get(lsp);
        if (end != null) {
            end.arrive(entry, packet, nowNanos);
        }
    }
}
