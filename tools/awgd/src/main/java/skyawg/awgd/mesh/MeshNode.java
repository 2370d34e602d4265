package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.AdjacencyListener;
import skyawg.datapath.forward.AdjacencyPolicy;
import skyawg.datapath.forward.MeshDevice;
import skyawg.datapath.forward.TunnelEnd;
import skyawg.datapath.forward.TunnelEnds;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.lsp.Consent;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.mesh.tunnel.EgressTunnels;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.Paths;
import skyawg.mesh.tunnel.TunnelTerms;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspBounds;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.DynamicPeerBounds;
import skyawg.protocol.noise.DynamicPeerEnd;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkParameters;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;
import skyawg.protocol.setup.MediumTermKey;
import skyawg.protocol.setup.MediumTermKeys;
import skyawg.protocol.setup.ReplayFilter;
import skyawg.protocol.setup.RequestRules;
import skyawg.protocol.setup.SetupHop;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * One node of a mesh: it carries others' paths, ends those that want one of its exits, and opens tunnels of its own.
 * Users' packets do not go through it yet. Any thread may call.
 */
public final class MeshNode implements AutoCloseable {
    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final long LEAST_SLEEP_NANOS = 1_000_000L;

    private final NetworkParameters network;
    private final MediumTermKeys mediumTermKeys;
    private final SetupHop hop;
    private final TunnelEnds ends = new TunnelEnds();
    private final MeshDevice device;
    private final LspSignalling<TunnelPeer> signalling;
    private final EgressTunnels<TunnelPeer> exits;
    private final AddressedRecord record;
    private final Entropy entropy = new SystemEntropy();
    private final Thread timer;

    private @Nullable IngressTunnel<TunnelPeer> tunnel;
    private long nowNanos;
    private volatile long sleepNanos = IDLE_NANOS;
    private volatile boolean isClosed;

    /**
     * What a node is to others.
     *
     * @param roles bits of {@link Role}
     * @param address that it is reached at
     * @param port 0 lets the system choose
     * @param dialable where set-ups of others may lead
     */
    public record Offer(int roles, IpAddress address, int port, DialableAddresses dialable) {}

    /**
     * Opens the device and takes part.
     *
     * @param network taken over
     * @param key S; stays the caller's to close
     * @param startUnixSeconds since when set-ups were noted: older ones might be repeats. Requests are blurred by up to
     *     20 s, so a node refuses some of them for that long after its start
     */
    public MeshNode(
            String name,
            TunnelOptions options,
            NetworkParameters network,
            Secret key,
            Offer offer,
            long startUnixSeconds)
            throws IOException, TunnelRefusedException {
        this.network = network;
        PublicKey self = X25519Keys.publicKey(key);
        mediumTermKeys = new MediumTermKeys(entropy, unixSeconds());
        hop = new SetupHop(
                network.id().toBytes(),
                self,
                mediumTermKeys,
                new ReplayFilter(entropy),
                new RequestRules(self, offer.dialable(), startUnixSeconds),
                entropy);
        boolean isTransit = (offer.roles() & Role.TRANSIT.bit()) != 0;
        AdjacencyPolicy policy = new AdjacencyPolicy(
                network.presharedKey(), offer.roles() != 0, DynamicPeerBounds.DEFAULT, new Neighbours());
        try {
            device = open(name, options, policy, key, offer.port());
        } catch (IOException | TunnelRefusedException e) {
            hop.close();
            mediumTermKeys.close();
            network.close();
            throw e;
        }
        record = record(self, offer);
        exits = new EgressTunnels<>(
                request -> isOffered(offer.roles(), request.exitService()), (_, _, _) -> egressPackets(), entropy);
        signalling = new LspSignalling<>(
                new DeviceLinks(device, entropy, () -> nowNanos),
                exits,
                network.id(),
                hop,
                new Consent(isTransit, record.digest(), RecordDigest.NONE),
                LspBounds.DEFAULT,
                entropy,
                onConductor(() -> nowNanos));
        timer = Thread.ofVirtual().name(name + " time").start(this::keepTime);
    }

    private MeshDevice open(String name, TunnelOptions options, AdjacencyPolicy policy, Secret key, int port)
            throws IOException, TunnelRefusedException {
        MeshDevice opened = MeshDevice.open(name, options, policy, this::onMessage, ends);
        try (InterfaceUpdate update = new InterfaceUpdate(
                Optional.of(key.copy()),
                Optional.of(port),
                Optional.empty(),
                false,
                network.deviceParameters(),
                List.of())) {
            opened.apply(update);
            return opened;
        } catch (TunnelRefusedException e) {
            opened.close();
            throw e;
        }
    }

    private AddressedRecord record(PublicKey self, Offer offer) {
        MediumTermKey mediumTerm = mediumTermKeys.current();
        int port = device.snapshot().listenPort();
        boolean isV6 = offer.address().isV6();
        NodeRecord node = new NodeRecord(
                offer.roles(),
                0,
                mediumTerm.id(),
                network.id().prefix(),
                self,
                mediumTerm.publicKey(),
                mediumTerm.expiry(),
                0,
                isV6 ? 0 : port,
                isV6 ? port : 0);
        return new AddressedRecord(
                node, isV6 ? AddressedRecord.NO_IP4 : offer.address(), isV6 ? offer.address() : AddressedRecord.NO_IP6);
    }

    /** Exit services are numbered as the roles' bits are. */
    private static boolean isOffered(int roles, int exitService) {
        return exitService >= 1 && exitService <= 4 && (roles >>> exitService & 1) != 0;
    }

    /** What others need to use this node. */
    public AddressedRecord record() {
        return record;
    }

    /** Opens a tunnel; there is one at a time. */
    public void open(TunnelTerms terms, Paths paths) {
        onConductor(() -> {
            TunnelEnd end = new TunnelEnd(device, true, this::onIngressControl);
            DevicePackets packets = new DevicePackets(device, ends, end);
            tunnel = new IngressTunnel<>(signalling, paths, terms, packets, entropy, nowNanos);
            advance();
            return true;
        });
    }

    /** Looks at the tunnel, on the conductor. */
    public <T> Optional<T> ofTunnel(Function<IngressTunnel<TunnelPeer>, T> question) {
        return onConductor(() -> Optional.ofNullable(tunnel).map(question));
    }

    /** Ends the tunnel, if there is one. */
    public void closeTunnel() {
        onConductor(() -> {
            IngressTunnel<TunnelPeer> present = tunnel;
            if (present != null) {
                present.close(nowNanos);
                tunnel = null;
            }
            return true;
        });
    }

    /** How many paths lead through this node, or end at it. */
    public int paths() {
        return onConductor(() -> signalling.lfib().size());
    }

    private void onIngressControl(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long now) {
        IngressTunnel<TunnelPeer> present = tunnel;
        if (present != null) {
            nowNanos = now;
            present.onControl(lsp, epoch, kind, content, now);
            schedule();
        }
    }

    private DevicePackets egressPackets() {
        return new DevicePackets(device, ends, new TunnelEnd(device, false, this::onEgressControl));
    }

    private void onEgressControl(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long now) {
        nowNanos = now;
        for (Lsp<TunnelPeer, LspCiphers> over : exits.onControl(lsp, epoch, kind, content, now)) {
            signalling.end(over, LspEnd.DONE, now);
        }
        schedule();
    }

    private void onMessage(TunnelPeer from, long message, int length, long now) {
        nowNanos = now;
        signalling.onMessage(from, message, length, now, unixSeconds());
        schedule();
    }

    private void advance() {
        signalling.advance(nowNanos, unixSeconds());
        exits.advance(nowNanos);
        IngressTunnel<TunnelPeer> present = tunnel;
        if (present != null) {
            present.advance(nowNanos, unixSeconds());
        }
        schedule();
    }

    /** Says when {@link #advance} must come next. */
    private void schedule() {
        IngressTunnel<TunnelPeer> present = tunnel;
        long next = nowNanos + IDLE_NANOS;
        next = Deadlines.earlier(next, signalling.nextDeadline(nowNanos), nowNanos);
        next = Deadlines.earlier(next, exits.nextDeadline(), nowNanos);
        if (present != null) {
            next = Deadlines.earlier(next, present.nextDeadline(nowNanos), nowNanos);
        }
        sleepNanos = Math.max(next - nowNanos, LEAST_SLEEP_NANOS);
        LockSupport.unpark(timer);
    }

    private void keepTime() {
        while (!isClosed) {
            long asked = System.nanoTime();
            long wanted = sleepNanos;
            LockSupport.parkNanos(wanted);
            if (!isClosed && System.nanoTime() - asked >= sleepNanos) {
                onConductor(() -> {
                    advance();
                    return true;
                });
            }
        }
    }

    private <T> T onConductor(Supplier<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        device.execute(now -> {
            nowNanos = now;
            try {
                result.complete(task.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        });
        return result.join();
    }

    private static long unixSeconds() {
        return System.currentTimeMillis() / 1000;
    }

    /** Ends everything that goes through this node, and tells the neighbours. A second call does nothing. */
    @Override
    public void close() {
        if (isClosed) {
            return;
        }
        closeTunnel();
        onConductor(() -> {
            signalling.shutDown(nowNanos);
            exits.close(nowNanos);
            return true;
        });
        isClosed = true;
        LockSupport.unpark(timer);
        device.close();
        hop.close();
        mediumTermKeys.close();
        network.close();
    }

    private final class Neighbours implements AdjacencyListener {
        @Override
        public void came(TunnelPeer neighbour, long now) {
            nowNanos = now;
            neighbour.setLabels(signalling.labels(neighbour, now));
        }

        @Override
        public void went(TunnelPeer neighbour, DynamicPeerEnd end, long now) {
            nowNanos = now;
            neighbour.setLabels(null);
            signalling.gone(neighbour, now);
            schedule();
        }
    }
}
