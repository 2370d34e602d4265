package skyawg.awgd.mesh;

import java.util.List;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.mesh.tunnel.TunnelPackets;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** A tunnel's end on the mesh device's packet thread. */
public final class DevicePackets implements TunnelPackets<TunnelPeer> {
    private final TunnelEnd end;
    private final Runnable whenClosed;

    public DevicePackets(TunnelEnd end, Runnable whenClosed) {
        this.end = end;
        this.whenClosed = whenClosed;
    }

    @Override
    public void usable(EpochKeys keys) {
        end.usable(keys);
    }

    @Override
    public void erased(EpochKeys keys) {
        end.erased(keys);
    }

    @Override
    public void sealIn(int epoch) {
        end.sealIn(epoch);
    }

    @Override
    public void attach(Lsp<TunnelPeer, LspCiphers> lsp) {
        end.attach(lsp);
    }

    @Override
    public void detach(Lsp<TunnelPeer, LspCiphers> lsp) {
        end.detach(lsp);
    }

    @Override
    public void carryOn(List<Lsp<TunnelPeer, LspCiphers>> active, List<Lsp<TunnelPeer, LspCiphers>> warm) {
        end.carryOn(active, warm);
    }

    @Override
    public boolean isRenewalDue() {
        return end.isRenewalDue();
    }

    @Override
    public void send(Lsp<TunnelPeer, LspCiphers> lsp, int kind, byte[] content) {
        end.send(lsp, kind, content);
    }

    @Override
    public void askHop(Lsp<TunnelPeer, LspCiphers> lsp, int hop, long token) {
        end.askHop(lsp, hop, token);
    }

    @Override
    public void close() {
        end.close();
        whenClosed.run();
    }
}
