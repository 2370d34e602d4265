package skyawg.awgd.mesh;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.MeshDevice;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.lsp.Links;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.LspCiphers;

/** The mesh device's neighbours, as signalling knows them. */
final class DeviceLinks implements Links<TunnelPeer> {
    private final MeshDevice device;
    private final LongSupplier clock;

    /** @param clock the time of the call that the conductor is in */
    DeviceLinks(MeshDevice device, LongSupplier clock) {
        this.device = device;
        this.clock = clock;
    }

    @Override
    public @Nullable TunnelPeer find(PublicKey node) {
        return device.find(node);
    }

    @Override
    public @Nullable TunnelPeer reach(PublicKey node, Endpoint endpoint) {
        return device.adjacencies().add(node, endpoint, false, clock.getAsLong());
    }

    @Override
    public boolean isUp(TunnelPeer adjacency) {
        return !adjacency.isRemoved() && adjacency.current() != null;
    }

    @Override
    public PublicKey key(TunnelPeer adjacency) {
        return adjacency.publicKey();
    }

    @Override
    public void renew(TunnelPeer adjacency) {
        if (!adjacency.isRemoved()) {
            device.renewSession(adjacency, clock.getAsLong());
        }
    }

    @Override
    public void setTimed(TunnelPeer adjacency, boolean isTimed) {
        adjacency.timers().setTimed(isTimed);
    }

    @Override
    public long heardNanos(TunnelPeer adjacency) {
        return adjacency.timers().lastReceivedNanos();
    }

    @Override
    public long sentNanos(TunnelPeer adjacency) {
        return adjacency.timers().lastSentNanos();
    }

    @Override
    public void send(TunnelPeer adjacency, byte[] message) {
        if (!adjacency.isRemoved()) {
            device.send(adjacency, message);
        }
    }

    @Override
    public void setInUse(TunnelPeer adjacency, boolean inUse) {
        if (!adjacency.isRemoved()) {
            device.adjacencies().setInUse(adjacency, inUse, clock.getAsLong());
        }
    }

    @Override
    public void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason) {
        device.sendBroken(reverse, reason);
    }

    @Override
    public void retire(LspCiphers ciphers) {
        device.retire(ciphers::close);
    }
}
