package skyawg.control.uapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.PeerUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** An interface without packets: keeps what is set, refuses what the daemon must refuse, moves allowed IPs. */
final class MemoryTunnel implements TunnelInterface {
    private final String name;
    private State state = new State();

    MemoryTunnel(String name) {
        this.name = name;
    }

    @Override
    public InterfaceSnapshot snapshot() {
        List<PeerSnapshot> peers = new ArrayList<>();
        state.peers.forEach((key, peer) -> peers.add(peer.snapshot(key)));
        return new InterfaceSnapshot(
                name,
                Optional.ofNullable(state.privateKey).map(Secret::copy),
                Optional.empty(),
                state.listenPort,
                state.fwmark,
                state.parameters,
                peers);
    }

    @Override
    public void apply(InterfaceUpdate update) throws TunnelRefusedException {
        State next = state.copy();
        next.apply(update);
        state = next;
    }

    private static final class State {
        @Nullable
        Secret privateKey;

        int listenPort;
        long fwmark;
        ParameterSet parameters = ParameterSet.DEFAULTS;
        Map<PublicKey, Peer> peers = new LinkedHashMap<>();

        State copy() {
            State copy = new State();
            copy.privateKey = privateKey;
            copy.listenPort = listenPort;
            copy.fwmark = fwmark;
            copy.parameters = parameters;
            peers.forEach((key, peer) -> copy.peers.put(key, peer.copy()));
            return copy;
        }

        void apply(InterfaceUpdate update) throws TunnelRefusedException {
            update.privateKey().ifPresent(key -> privateKey = key.isZero() ? null : clamped(key));
            update.listenPort().ifPresent(port -> listenPort = port);
            update.fwmark().ifPresent(mark -> fwmark = mark);
            Map<Parameter, ParameterValue> kept = new LinkedHashMap<>();
            update.parameters().forEach((parameter, value) -> kept.put(parameter, keep(value)));
            parameters = parameters.with(kept);
            check();
            if (update.replacePeers()) {
                peers.clear();
            }
            update.peers().forEach(this::apply);
        }

        private void apply(PeerUpdate update) {
            Peer peer = peers.get(update.publicKey());
            if (update.remove()) {
                peers.remove(update.publicKey());
                return;
            }
            if (peer == null) {
                if (update.updateOnly()) {
                    return;
                }
                peer = new Peer();
                peers.put(update.publicKey(), peer);
            }
            Peer target = peer;
            update.presharedKey().ifPresent(key -> target.presharedKey = key.isZero() ? null : key.copy());
            update.endpoint().ifPresent(endpoint -> target.endpoint = endpoint);
            update.persistentKeepalive().ifPresent(keepalive -> target.keepalive = keepalive);
            if (update.replaceAllowedIps()) {
                target.allowedIps.clear();
            }
            for (PeerUpdate.AllowedIpChange change : update.allowedIps()) {
                if (change.isRemoval()) {
                    target.allowedIps.remove(change.prefix());
                } else if (!target.allowedIps.contains(change.prefix())) {
                    peers.values().forEach(other -> other.allowedIps.remove(change.prefix()));
                    target.allowedIps.add(change.prefix());
                }
            }
        }

        /** The two rules between parameters that every case of the recordings rests on. */
        private void check() throws TunnelRefusedException {
            Parameter[] ranges = {Parameter.H1, Parameter.H2, Parameter.H3, Parameter.H4};
            for (int i = 0; i < ranges.length; i++) {
                for (int j = 0; j < i; j++) {
                    if (parameters.range(ranges[i]).overlaps(parameters.range(ranges[j]))) {
                        throw refused(ranges[j].configKey() + " and " + ranges[i].configKey() + " overlap");
                    }
                }
            }
            Parameter[] paddings = {Parameter.S1, Parameter.S2, Parameter.S3, Parameter.S4};
            for (Parameter padding : paddings) {
                if (!parameters.headerProtectionKey().isZero() && parameters.number(padding) < 12) {
                    throw refused(padding.configKey() + " is below 12 while a header protection key is set");
                }
            }
        }

        private static TunnelRefusedException refused(String reason) {
            return new TunnelRefusedException(TunnelRefusedException.Reason.INVALID, reason);
        }

        private static ParameterValue keep(ParameterValue value) {
            return value instanceof ParameterValue.Key(Secret secret) ? new ParameterValue.Key(secret.copy()) : value;
        }

        private static Secret clamped(Secret key) {
            byte[] bytes = new byte[Secret.LENGTH];
            key.copyTo(bytes, 0);
            bytes[0] &= (byte) 248;
            bytes[31] = (byte) ((bytes[31] & 127) | 64);
            return Secret.owning(bytes);
        }
    }

    private static final class Peer {
        @Nullable
        Secret presharedKey;

        @Nullable
        Endpoint endpoint;

        UintRange keepalive = UintRange.ZERO;
        Set<Cidr> allowedIps = new LinkedHashSet<>();

        Peer copy() {
            Peer copy = new Peer();
            copy.presharedKey = presharedKey;
            copy.endpoint = endpoint;
            copy.keepalive = keepalive;
            copy.allowedIps = new LinkedHashSet<>(allowedIps);
            return copy;
        }

        PeerSnapshot snapshot(PublicKey key) {
            return new PeerSnapshot(
                    key,
                    Optional.ofNullable(presharedKey).map(Secret::copy),
                    Optional.ofNullable(endpoint),
                    0,
                    0,
                    0,
                    0,
                    keepalive,
                    List.copyOf(allowedIps));
        }
    }
}
