package skyawg.awgd;

import skyawg.control.uapi.TunnelInterface;
import skyawg.datapath.forward.Tunnel;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** A tunnel of the data path, as its UAPI socket sees it. */
record ServedTunnel(Tunnel tunnel) implements TunnelInterface {
    @Override
    public InterfaceSnapshot snapshot() {
        return tunnel.snapshot();
    }

    @Override
    public void apply(InterfaceUpdate update) throws TunnelRefusedException {
        tunnel.apply(update);
    }
}
