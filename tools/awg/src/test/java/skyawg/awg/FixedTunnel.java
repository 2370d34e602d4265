package skyawg.awg;

import java.util.List;
import java.util.Optional;
import skyawg.control.uapi.TunnelInterface;
import skyawg.protocol.names.Secret;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** An interface that is always the same. */
record FixedTunnel(InterfaceSnapshot state) implements TunnelInterface {
    @Override
    public InterfaceSnapshot snapshot() {
        return new InterfaceSnapshot(
                state.name(),
                state.privateKey().map(Secret::copy),
                Optional.empty(),
                state.listenPort(),
                state.fwmark(),
                state.parameters(),
                state.peers().stream().map(FixedTunnel::copy).toList());
    }

    private static PeerSnapshot copy(PeerSnapshot peer) {
        return new PeerSnapshot(
                peer.publicKey(),
                peer.presharedKey().map(Secret::copy),
                peer.endpoint(),
                peer.lastHandshakeSeconds(),
                peer.lastHandshakeNanos(),
                peer.rxBytes(),
                peer.txBytes(),
                peer.persistentKeepalive(),
                List.copyOf(peer.allowedIps()));
    }

    @Override
    public void apply(InterfaceUpdate update) throws TunnelRefusedException {
        throw new TunnelRefusedException(TunnelRefusedException.Reason.INVALID, "fixed");
    }
}
