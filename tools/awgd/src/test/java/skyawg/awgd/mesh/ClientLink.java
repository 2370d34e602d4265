package skyawg.awgd.mesh;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skyawg.datapath.forward.Tunnel;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.tun.MemoryTun;
import skyawg.datapath.tun.SwitchedLink;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** A client's interface and a gateway's, joined over loopback; the test is the kernel at both. */
final class ClientLink implements AutoCloseable {
    static final String GATEWAY = "gw0";

    final MemoryTun client = new MemoryTun(true);
    final MemoryTun gateway = new MemoryTun(true);
    final Tunnel gatewayTunnel;
    final PublicKey clientKey;
    private final Tunnel clientTunnel;

    /** @param clientPrefixes what the gateway lets the client use */
    @SuppressWarnings("MustBeClosedChecker") // the tunnels close what they were given
    ClientLink(TunnelOptions clientOptions, TunnelOptions gatewayOptions, List<Cidr> clientPrefixes)
            throws IOException, TunnelRefusedException {
        SwitchedLink up = new SwitchedLink(1420);
        up.set(true);
        SwitchedLink gatewayUp = new SwitchedLink(1420);
        gatewayUp.set(true);
        clientTunnel = Tunnel.open("client", Arena.ofShared(), client, up, clientOptions, () -> {});
        gatewayTunnel = Tunnel.open(GATEWAY, Arena.ofShared(), gateway, gatewayUp, gatewayOptions, () -> {});
        try (Secret clientSecret = X25519Keys.generate();
                Secret gatewaySecret = X25519Keys.generate()) {
            clientKey = X25519Keys.publicKey(clientSecret);
            apply(gatewayTunnel, gatewaySecret, clientKey, Optional.empty(), clientPrefixes);
            int port = gatewayTunnel.snapshot().listenPort();
            apply(
                    clientTunnel,
                    clientSecret,
                    X25519Keys.publicKey(gatewaySecret),
                    Optional.of(Endpoint.of(IpAddress.parse("127.0.0.1"), port)),
                    List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0")));
        }
    }

    private static void apply(
            Tunnel tunnel, Secret key, PublicKey peer, Optional<Endpoint> endpoint, List<Cidr> allowed)
            throws TunnelRefusedException {
        PeerUpdate update = new PeerUpdate(
                peer,
                false,
                false,
                Optional.empty(),
                endpoint,
                Optional.empty(),
                true,
                allowed.stream()
                        .map(prefix -> new PeerUpdate.AllowedIpChange(prefix, false))
                        .toList());
        try (InterfaceUpdate change = new InterfaceUpdate(
                Optional.of(key.copy()), Optional.empty(), Optional.empty(), false, Map.of(), List.of(update))) {
            tunnel.apply(change);
        }
    }

    @Override
    public void close() {
        clientTunnel.close();
        gatewayTunnel.close();
    }
}
