package skyawg.datapath.forward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerUpdate;

/** An {@link InterfaceUpdate} put together step by step. */
final class Change {
    private Optional<Secret> privateKey = Optional.empty();
    private Optional<Integer> listenPort = Optional.empty();
    private boolean replacesPeers;
    private Map<Parameter, ParameterValue> parameters = Map.of();
    private final List<PeerUpdate> peers = new ArrayList<>();

    Change privateKey(Secret key) {
        privateKey = Optional.of(key);
        return this;
    }

    Change listenPort(int port) {
        listenPort = Optional.of(port);
        return this;
    }

    Change replacePeers() {
        replacesPeers = true;
        return this;
    }

    Change parameters(Map<Parameter, ParameterValue> values) {
        parameters = values;
        return this;
    }

    /** A peer that may send from, and be sent to at, every address unless some are named. */
    Change peer(PublicKey key, Optional<Endpoint> endpoint, String... allowedIps) {
        return peer(key, Optional.empty(), endpoint, allowedIps);
    }

    Change peer(PublicKey key, Optional<Secret> presharedKey, Optional<Endpoint> endpoint, String... allowedIps) {
        Stream<String> prefixes = allowedIps.length == 0 ? Stream.of("0.0.0.0/0", "::/0") : Stream.of(allowedIps);
        List<PeerUpdate.AllowedIpChange> changes = prefixes.map(
                        text -> new PeerUpdate.AllowedIpChange(Cidr.parse(text), false))
                .toList();
        peers.add(new PeerUpdate(key, false, false, presharedKey, endpoint, Optional.empty(), true, changes));
        return this;
    }

    Change keepalive(PublicKey key, int seconds) {
        Optional<UintRange> interval = Optional.of(UintRange.of(seconds));
        peers.add(new PeerUpdate(key, true, false, Optional.empty(), Optional.empty(), interval, false, List.of()));
        return this;
    }

    Change removePeer(PublicKey key) {
        peers.add(new PeerUpdate(
                key, false, true, Optional.empty(), Optional.empty(), Optional.empty(), false, List.of()));
        return this;
    }

    InterfaceUpdate build() {
        return new InterfaceUpdate(
                privateKey.map(Secret::copy), listenPort, Optional.empty(), replacesPeers, parameters, peers);
    }
}
