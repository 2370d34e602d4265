package skyawg.datapath.forward;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.RouteProbe;
import skyawg.datapath.udp.UdpSockets;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.noise.Constants;
import skyawg.protocol.noise.HandshakeEngine;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterRules;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.obfuscation.RuleViolation;
import skyawg.protocol.obfuscation.TimingParameters;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.PeerUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;
import skyawg.protocol.tunnel.TunnelRefusedException.Reason;
import skyawg.protocol.wire.UdpPath;

/**
 * What an interface is set to, and how a change of it happens: first everything that can be refused is tried, then
 * everything is done, parameters before peers, and only at the end may anything be sent. So a change applies whole or
 * not at all, and no packet leaves with half of it. Belongs to the conductor.
 */
final class Configuration {
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final String name;
    private final SharedState shared;
    private final Conductor conductor;
    private final TimestampKeeper timestamps;
    private final boolean offloads;

    /** Without the header protection key, which lies in its cell. */
    private ParameterSet parameters = ParameterSet.DEFAULTS;

    private long headerKeyCell;
    private int listenPort;
    private long fwmark;

    Configuration(String name, SharedState shared, Conductor conductor, TimestampKeeper timestamps, boolean offloads) {
        this.name = name;
        this.shared = shared;
        this.conductor = conductor;
        this.timestamps = timestamps;
        this.offloads = offloads;
    }

    private HandshakeEngine engine() {
        return conductor.engine();
    }

    /** Applies an update whole, or refuses it and changes nothing. */
    void apply(InterfaceUpdate update, long nowNanos) throws TunnelRefusedException {
        checkPeers(update);
        try (CheckedParameters checked = check(update)) {
            applySockets(update);
            update.privateKey().ifPresent(key -> setPrivateKey(key, nowNanos));
            if (checked != null) {
                setParameters(checked, nowNanos);
            }
            applyPeers(update, nowNanos);
        }
    }

    /** New parameters that passed all rules, with the header protection key still in them. */
    private record CheckedParameters(ParameterSet set, Secret headerKey) implements AutoCloseable {
        @Override
        public void close() {
            headerKey.close();
        }
    }

    /** Returns null when the update names no parameter. */
    private @Nullable CheckedParameters check(InterfaceUpdate update) throws TunnelRefusedException {
        if (update.parameters().isEmpty()) {
            return null;
        }
        Secret headerKey =
                update.parameters().get(Parameter.HEADER_PROTECTION_KEY) instanceof ParameterValue.Key(Secret key)
                        ? key.copy()
                        : currentHeaderKey();
        ParameterSet set = parameters
                .with(update.parameters())
                .with(Parameter.HEADER_PROTECTION_KEY, new ParameterValue.Key(headerKey));
        List<RuleViolation> refusals = ParameterRules.refusals(set);
        if (!refusals.isEmpty()) {
            headerKey.close();
            throw new TunnelRefusedException(Reason.INVALID, refusals.getFirst().message());
        }
        return new CheckedParameters(set.withoutTaglessSignatures(), headerKey);
    }

    private Secret currentHeaderKey() {
        return headerKeyCell == 0 ? Secret.zero() : KeyVault.reveal(headerKeyCell);
    }

    private void checkPeers(InterfaceUpdate update) throws TunnelRefusedException {
        int mayBeAdded = 0;
        for (PeerUpdate peer : update.peers()) {
            if (!peer.remove() && !peer.updateOnly() && engine().find(peer.publicKey()) == null) {
                mayBeAdded++;
            }
            if (peer.endpoint().isPresent()) {
                scopeOf(peer.endpoint().get());
            }
        }
        int staying = update.replacePeers() ? 0 : engine().peers().size();
        if (staying + mayBeAdded > Constants.MAX_PEERS) {
            throw new TunnelRefusedException(
                    Reason.INVALID, "an interface has at most " + Constants.MAX_PEERS + " peers");
        }
    }

    private void applySockets(InterfaceUpdate update) throws TunnelRefusedException {
        int newPort = update.listenPort().orElse(listenPort);
        long newMark = update.fwmark().orElse(fwmark);
        UdpSockets sockets = shared.settings().sockets();
        boolean rebinds = update.listenPort().isPresent() && (newPort == 0 || newPort != listenPort);
        try {
            if (sockets != null && rebinds) {
                replaceSockets(openSockets(newPort, newMark));
            } else if (sockets != null && newMark != fwmark) {
                sockets.setFwmark(newMark);
                forgetSources();
            }
        } catch (IOException e) {
            throw new TunnelRefusedException(Reason.ADDRESS_IN_USE, String.valueOf(e.getMessage()));
        }
        fwmark = newMark;
        if (sockets == null || !rebinds) {
            listenPort = newPort;
        }
    }

    /** A port that we have just given up is free again only when its sockets are closed and watched no more. */
    private UdpSockets openSockets(int port, long mark) throws IOException {
        conductor.reclaimAll();
        conductor.awaitNewCycles();
        return UdpSockets.open(port, mark, offloads);
    }

    private void replaceSockets(UdpSockets fresh) {
        TunnelSettings old = shared.settings();
        listenPort = fresh.port();
        publish(new TunnelSettings(old.profile(), fresh, old.mtu()));
        forgetSources();
        closeLater(old.sockets());
    }

    private void closeLater(@Nullable UdpSockets sockets) {
        if (sockets != null) {
            conductor.reclaimer().retire(sockets::close);
        }
    }

    private void publish(TunnelSettings settings) {
        shared.publish(settings);
        conductor.wakeLoops();
    }

    private void setPrivateKey(Secret key, long nowNanos) {
        long newestStamp = engine().timestampFloor();
        Peer ourselves = engine().setPrivateKey(key, nowNanos);
        timestamps.setKey(engine().publicKey(), newestStamp);
        if (ourselves != null) {
            shared.allowedIps().removeAll((TunnelPeer) ourselves);
        }
    }

    private void setParameters(CheckedParameters checked, long nowNanos) {
        long oldCell = headerKeyCell;
        headerKeyCell = checked.headerKey().isZero() ? 0 : KeyVault.store(checked.headerKey());
        ObfuscationProfile profile = ObfuscationProfile.compile(checked.set(), headerKeyCell);
        parameters = checked.set()
                .with(Parameter.HEADER_PROTECTION_KEY, ParameterSet.defaultOf(Parameter.HEADER_PROTECTION_KEY));
        TunnelSettings old = shared.settings();
        publish(new TunnelSettings(profile, old.sockets(), old.mtu()));
        engine().setProfile(profile, TimingParameters.of(parameters), nowNanos);
        if (oldCell != 0) {
            conductor.reclaimer().retire(() -> KeyVault.release(oldCell));
        }
    }

    private void applyPeers(InterfaceUpdate update, long nowNanos) {
        if (update.replacePeers()) {
            for (Peer peer : List.copyOf(engine().peers())) {
                remove((TunnelPeer) peer, nowNanos);
            }
        }
        List<PeerUpdate> keepalives = new ArrayList<>();
        for (PeerUpdate change : update.peers()) {
            if (apply(change, nowNanos) && change.persistentKeepalive().isPresent()) {
                keepalives.add(change);
            }
        }
        shared.allowedIps().publish();
        // These may send: they come when all else is in place.
        for (PeerUpdate change : keepalives) {
            Peer peer = engine().find(change.publicKey());
            UintRange seconds = change.persistentKeepalive().orElse(UintRange.ZERO);
            if (peer != null) {
                engine().setPersistentKeepalive(peer, seconds, nowNanos);
            }
        }
    }

    private void remove(TunnelPeer peer, long nowNanos) {
        shared.allowedIps().removeAll(peer);
        engine().removePeer(peer, nowNanos);
    }

    /** Returns whether the peer is there afterwards. */
    private boolean apply(PeerUpdate change, long nowNanos) {
        TunnelPeer peer = (TunnelPeer) engine().find(change.publicKey());
        if (change.remove()) {
            if (peer != null) {
                remove(peer, nowNanos);
            }
            return false;
        }
        if (peer == null) {
            boolean isOurself =
                    engine().publicKey().filter(change.publicKey()::equals).isPresent();
            if (change.updateOnly() || isOurself) {
                return false;
            }
            peer = new TunnelPeer(change.publicKey(), conductor);
            engine().addPeer(peer, nowNanos);
        }
        engine().keepPeer(peer);
        TunnelPeer known = peer;
        change.presharedKey().ifPresent(key -> engine().setPresharedKey(known, key));
        change.endpoint().ifPresent(endpoint -> known.learnPath(pathTo(endpoint)));
        if (change.replaceAllowedIps()) {
            shared.allowedIps().removeAll(known);
        }
        for (PeerUpdate.AllowedIpChange allowed : change.allowedIps()) {
            if (allowed.isRemoval()) {
                shared.allowedIps().remove(allowed.prefix(), known);
            } else {
                shared.allowedIps().insert(allowed.prefix(), known);
            }
        }
        return true;
    }

    static UdpPath pathTo(Endpoint endpoint) {
        try {
            return UdpPath.to(endpoint.address(), scopeOf(endpoint), endpoint.port());
        } catch (TunnelRefusedException e) {
            // Checked before; the interface named by the zone has gone since.
            return UdpPath.to(endpoint.address(), 0, endpoint.port());
        }
    }

    private static int scopeOf(Endpoint endpoint) throws TunnelRefusedException {
        String zone = endpoint.zone();
        if (zone.isEmpty()) {
            return 0;
        }
        if (zone.length() < 10 && zone.chars().allMatch(Character::isDigit)) {
            return Integer.parseInt(zone);
        }
        int index = LibC.if_nametoindex(zone);
        if (index == 0) {
            throw new TunnelRefusedException(Reason.INVALID, "endpoint " + endpoint + ": no interface '" + zone + "'");
        }
        return index;
    }

    private void forgetSources() {
        for (Peer peer : engine().peers()) {
            peer.forgetStickySource();
        }
    }

    /** Leaves the source address to the route again for each peer whose route now leads out of another interface. */
    void checkSources() {
        try (RouteProbe probe = new RouteProbe()) {
            for (Peer peer : engine().peers()) {
                UdpPath path = peer.path();
                if (path != null
                        && path.source() != null
                        && probe.interfaceTo(path.remote(), path.scopeId(), fwmark) != path.sourceInterface()) {
                    peer.forgetStickySource();
                }
            }
        }
    }

    /** The link is up: opens the sockets and starts the peers. @throws IOException when the port can't be bound */
    void bringUp(int mtu, long nowNanos) throws IOException {
        UdpSockets sockets = openSockets(listenPort, fwmark);
        listenPort = sockets.port();
        publish(new TunnelSettings(shared.settings().profile(), sockets, mtu));
        engine().start(nowNanos);
    }

    void takeDown(long nowNanos) {
        engine().stop(nowNanos);
        TunnelSettings old = shared.settings();
        publish(new TunnelSettings(old.profile(), null, old.mtu()));
        closeLater(old.sockets());
    }

    boolean isUp() {
        return shared.settings().sockets() != null;
    }

    void setMtu(int mtu) {
        TunnelSettings old = shared.settings();
        if (mtu != old.mtu()) {
            publish(new TunnelSettings(old.profile(), old.sockets(), mtu));
        }
    }

    long fwmark() {
        return fwmark;
    }

    /** Removes every peer and wipes all keys. */
    void close(long nowNanos) {
        if (isUp()) {
            takeDown(nowNanos);
        }
        timestamps.close();
        engine().close();
        if (headerKeyCell != 0) {
            long cell = headerKeyCell;
            headerKeyCell = 0;
            conductor.reclaimer().retire(() -> KeyVault.release(cell));
        }
    }

    InterfaceSnapshot snapshot() {
        List<PeerSnapshot> peers = new ArrayList<>();
        for (Peer peer : engine().peers()) {
            peers.add(snapshot((TunnelPeer) peer));
        }
        ParameterSet shown = headerKeyCell == 0
                ? parameters
                : parameters.with(Parameter.HEADER_PROTECTION_KEY, new ParameterValue.Key(currentHeaderKey()));
        return new InterfaceSnapshot(
                name, engine().privateKey(), engine().publicKey(), listenPort, fwmark, shown, peers);
    }

    private PeerSnapshot snapshot(TunnelPeer peer) {
        UdpPath path = peer.path();
        long handshake = peer.lastHandshakeUnixNanos();
        return new PeerSnapshot(
                peer.publicKey(),
                peer.presharedKey(),
                path == null ? Optional.empty() : Optional.of(endpointOf(path)),
                handshake / SECOND_NANOS,
                (int) (handshake % SECOND_NANOS),
                peer.rxBytes(),
                peer.txBytes(),
                peer.persistentKeepalive(),
                shared.allowedIps().list(peer));
    }

    private static Endpoint endpointOf(UdpPath path) {
        return new Endpoint(path.remote(), path.scopeId() == 0 ? "" : zoneOf(path.scopeId()), path.port());
    }

    /** The interface's name, as the reference shows it; its number when it has gone. */
    private static String zoneOf(int scopeId) {
        byte[] name = new byte[16];
        if (LibC.if_indextoname(scopeId, name) == 0) {
            return Integer.toString(scopeId);
        }
        int length = 0;
        while (name[length] != 0) {
            length++;
        }
        return new String(name, 0, length, StandardCharsets.UTF_8);
    }
}
