package skyawg.control.uapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterRules;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.obfuscation.RuleViolation;
import skyawg.protocol.obfuscation.SignaturePacket;
import skyawg.protocol.obfuscation.SignatureSyntaxException;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.PeerUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** An interface without packets: keeps what is set, refuses what the daemon must refuse, moves allowed IPs. */
public final class MemoryTunnel implements TunnelInterface {
    private final String name;
    private State state = new State();

    public MemoryTunnel(String name) {
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
            for (Map.Entry<Parameter, ParameterValue> change :
                    update.parameters().entrySet()) {
                kept.put(change.getKey(), keep(change.getValue()));
            }
            parameters = parameters.with(kept);
            check();
            if (update.replacePeers()) {
                peers.clear();
            }
            update.peers().forEach(this::apply);
        }

        private void apply(PeerUpdate update) {
            if (privateKey != null && X25519Keys.publicKey(privateKey).equals(update.publicKey())) {
                return; // ourselves
            }
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

        private void check() throws TunnelRefusedException {
            for (RuleViolation violation : ParameterRules.refusals(parameters)) {
                throw new TunnelRefusedException(TunnelRefusedException.Reason.INVALID, violation.message());
            }
        }

        private static ParameterValue keep(ParameterValue value) throws TunnelRefusedException {
            return switch (value) {
                case ParameterValue.Key(Secret secret) -> new ParameterValue.Key(secret.copy());
                case ParameterValue.Tags(String text) -> new ParameterValue.Tags(isAbsent(text) ? "" : text);
                case ParameterValue.Range range -> range;
                case ParameterValue.Switch on -> on;
            };
        }

        private static boolean isAbsent(String tags) throws TunnelRefusedException {
            try {
                return SignaturePacket.parse(tags).isAbsent();
            } catch (SignatureSyntaxException e) {
                throw new TunnelRefusedException(TunnelRefusedException.Reason.INVALID, String.valueOf(e.getMessage()));
            }
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
