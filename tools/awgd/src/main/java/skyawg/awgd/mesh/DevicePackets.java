package skyawg.awgd.mesh;

import java.util.List;
import skyawg.datapath.forward.MeshDevice;
import skyawg.datapath.forward.TunnelEnd;
import skyawg.datapath.forward.TunnelEnds;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.tunnel.TunnelPackets;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** A tunnel's end on the mesh device's packet thread. */
final class DevicePackets implements TunnelPackets<TunnelPeer> {
    private final MeshDevice device;
    private final TunnelEnds ends;
    private final TunnelEnd end;

    DevicePackets(MeshDevice device, TunnelEnds ends, TunnelEnd end) {
        this.device = device;
        this.ends = ends;
        this.end = end;
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
        device.executeOnPackets(_ -> ends.attach(lsp, end));
    }

    @Override
    public void detach(Lsp<TunnelPeer, LspCiphers> lsp) {
        device.executeOnPackets(_ -> ends.detach(lsp));
    }

    /** Users' packets are not carried yet: there is nobody to tell. */
    @Override
    public void carryOn(List<Lsp<TunnelPeer, LspCiphers>> active) {}

    @Override
    public void send(Lsp<TunnelPeer, LspCiphers> lsp, int kind, byte[] content) {
        end.send(lsp, kind, content);
    }

    @Override
    public void close() {
        end.close();
    }
}
