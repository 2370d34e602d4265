package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.AdjacencyListener;
import skyawg.datapath.forward.AdjacencyPolicy;
import skyawg.datapath.forward.MeshDevice;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.datapath.tunnel.DirectRules;
import skyawg.datapath.tunnel.HopWord;
import skyawg.datapath.tunnel.IngressEdge;
import skyawg.datapath.tunnel.PathNews;
import skyawg.datapath.tunnel.TunnelDrop;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.datapath.tunnel.TunnelEndListener;
import skyawg.datapath.tunnel.TunnelEnds;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.mesh.tunnel.EgressTunnels;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.Paths;
import skyawg.mesh.tunnel.Prefixes;
import skyawg.mesh.tunnel.TunnelPackets;
import skyawg.mesh.tunnel.TunnelTerms;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.mpls.Lfib;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspBounds;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.noise.DynamicPeerBounds;
import skyawg.protocol.noise.DynamicPeerEnd;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkParameters;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;
import skyawg.protocol.setup.MediumTermKeys;
import skyawg.protocol.setup.ReplayFilter;
import skyawg.protocol.setup.RequestRules;
import skyawg.protocol.setup.SetupHop;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * One node of a mesh: it carries others' paths, ends those that want one of its exits, and opens tunnels of its own.
 * Users' packets enter and leave where it was given network interfaces. Any thread may call, but for what says
 * otherwise.
 */
public final class MeshNode implements AutoCloseable {
    private static final long IDLE_NANOS = 1_000_000_000L;
    private static final int SITE_LENGTH = 48;
    private static final long LEAST_SLEEP_NANOS = 1_000_000L;

    private final NetworkParameters network;
    private final MediumTermKeys mediumTermKeys;
    private final SetupHop hop;
    private final TunnelEnds ends = new TunnelEnds(new SystemEntropy());
    private final Edges edges = new Edges(ends);
    private final MeshDevice device;
    private final LspSignalling<TunnelPeer> signalling;
    private final EgressTunnels<TunnelPeer> exits;
    private final int listenPort;
    private final OwnRecord record;
    private final RecordExchange<TunnelPeer> recordExchange;
    private final Entropy entropy = new SystemEntropy();
    private final Thread timer;

    private final Map<String, OpenTunnel> tunnels = new LinkedHashMap<>();
    private Clients clients = Clients.NONE;
    private @Nullable NodeCare care;
    private long careNanos;
    private long nowNanos;
    private volatile long sleepNanos = IDLE_NANOS;
    private volatile boolean isClosed;

    /**
     * What a node is to others.
     *
     * @param roles bits of {@link Role}
     * @param capacity and {@code family} as the record has them
     * @param ip4 that it is reached at, or {@link AddressedRecord#NO_IP4}
     * @param ip6 likewise, or {@link AddressedRecord#NO_IP6}
     * @param port 0 lets the system choose
     * @param dialable where set-ups of others may lead
     */
    public record Offer(
            int roles, int capacity, int family, IpAddress ip4, IpAddress ip6, int port, DialableAddresses dialable) {
        /** Reached at one address. */
        public Offer(int roles, IpAddress address, int port, DialableAddresses dialable) {
            this(
                    roles,
                    0,
                    0,
                    address.isV6() ? AddressedRecord.NO_IP4 : address,
                    address.isV6() ? address : AddressedRecord.NO_IP6,
                    port,
                    dialable);
        }
    }

    /**
     * The prefixes that packets come from at an ingress; what an egress grants is as long as they are. Null: none of
     * that version.
     */
    public record Clients(@Nullable Cidr ipv4, @Nullable Cidr ipv6) {
        public static final Clients NONE = new Clients(null, null);

        /** The first address of a prefix: this router's own. */
        static IpAddress router(Cidr prefix) {
            IpAddress base = prefix.address();
            return new IpAddress(base.isV6(), base.high(), base.low() + 1);
        }
    }

    /**
     * What goes by a tunnel.
     *
     * @param source a client's {@link PublicKey}, the name of the interface that packets come in by, or null for any
     * @param dscp 0 to 63, or {@link skyawg.protocol.mpls.FtnRule#ANY_DSCP}
     */
    public record Rule(@Nullable Object source, Cidr destination, int dscp, String tunnel) {
        /** Of any source. */
        public Rule(Cidr destination, int dscp, String tunnel) {
            this(null, destination, dscp, tunnel);
        }
    }

    /**
     * Opens the device and takes part.
     *
     * @param network taken over
     * @param key S; stays the caller's to close
     */
    public MeshNode(String name, TunnelOptions options, NetworkParameters network, Secret key, Offer offer)
            throws IOException, TunnelRefusedException {
        this.network = network;
        PublicKey self = X25519Keys.publicKey(key);
        mediumTermKeys = new MediumTermKeys(entropy, unixSeconds());
        hop = new SetupHop(
                network.id().toBytes(),
                self,
                mediumTermKeys,
                new ReplayFilter(entropy),
                new RequestRules(self, offer.dialable()),
                entropy);
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
        ends.start(device);
        listenPort = device.snapshot().listenPort();
        record = new OwnRecord(network.id().prefix(), self, offer, listenPort, mediumTermKeys);
        DeviceLinks links = new DeviceLinks(device, () -> nowNanos);
        recordExchange = new RecordExchange<>(links, record::addressed);
        exits = new EgressTunnels<>(
                request -> isOffered(offer.roles(), request.exitService()),
                (granted, exitService, _) -> egressPackets(granted, exitService),
                entropy);
        signalling = new LspSignalling<>(
                links,
                exits,
                network.id(),
                hop,
                record.consent(),
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

    /** Exit services are numbered as the roles' bits are. */
    private static boolean isOffered(int roles, int exitService) {
        return exitService >= 1 && exitService <= 4 && (roles >>> exitService & 1) != 0;
    }

    /** What others need to use this node. It changes once a day. */
    public AddressedRecord record() {
        return onConductor(record::addressed);
    }

    /** As {@link #record}, on the conductor. */
    AddressedRecord ownRecord() {
        return record.addressed();
    }

    int listenPort() {
        return listenPort;
    }

    /** The time of the call that the conductor is in. */
    long nowNanos() {
        return nowNanos;
    }

    /** The paths that lead through this node, or end at it. To look at, on the conductor. */
    Lfib<TunnelPeer, LspCiphers> lfib() {
        return signalling.lfib();
    }

    /** What is below the mesh: sessions with neighbours, and what was dropped there. */
    MeshDevice device() {
        return device;
    }

    /** Sets what is done beside carrying paths. */
    void setCare(NodeCare newCare) {
        onConductor(() -> {
            care = newCare;
            careNanos = nowNanos;
            advance();
            return true;
        });
    }

    /** Asks a node for its record of today; {@link NodeCare#learned} hears the answer. On the conductor. */
    void askForRecord(PublicKey node, Endpoint endpoint) {
        recordExchange.ask(node, endpoint, nowNanos);
    }

    /** Marks the node's own datagrams, so that rules can keep them out of the mesh. */
    void mark(int mark) throws TunnelRefusedException {
        device.apply(new InterfaceUpdate(
                Optional.empty(), Optional.empty(), Optional.of((long) mark), false, Map.of(), List.of()));
    }

    /**
     * Takes clients' packets from an interface, and gives them those that come back. Before any tunnel is opened.
     *
     * @param port the node's from now on
     */
    public void openIngress(FramePort port, Clients addresses) {
        onConductor(() -> {
            clients = addresses;
            edges.openIngress(port, addresses, nowNanos);
            return true;
        });
    }

    /**
     * Takes packets of clients from their interfaces as well, as far as rules name them. After {@link #openIngress}; it
     * is the caller's that nobody else has them.
     */
    public void openDirect(DirectIngress direct) {
        onConductor(() -> {
            edges.openDirect(direct);
            return true;
        });
    }

    /** Says what addresses this machine has: packets to them are its own, whatever rules say. */
    void setOwnAddresses(List<IpAddress> own) {
        onConductor(() -> {
            edges.setOwnAddresses(own);
            return true;
        });
    }

    /**
     * Lets packets out through an interface. Before anybody has a tunnel here.
     *
     * @param port the node's from now on
     * @param rules by exit service; packets to a service without rules are dropped
     */
    public void openEgress(FramePort port, Map<Integer, ExitRules> rules) {
        onConductor(() -> {
            edges.openEgress(port, rules);
            return true;
        });
    }

    /** Makes these the rules of an exit service that is offered already. */
    public void serve(int exitService, ExitRules rules) {
        onConductor(() -> {
            edges.serve(exitService, rules);
            return true;
        });
    }

    /**
     * Opens a tunnel.
     *
     * @param scheduler of what is sent into it; what comes back its egress sends as it likes
     * @throws IllegalArgumentException when there is one of this name
     */
    public void open(String name, TunnelTerms terms, SchedulerKind scheduler, Paths paths) {
        onConductor(() -> {
            openNow(name, terms, scheduler, paths);
            return true;
        });
    }

    /**
     * As {@link #open}, on the conductor.
     *
     * @param scheduler of what is sent into it
     */
    void openNow(String name, TunnelTerms terms, SchedulerKind scheduler, Paths paths) {
        if (tunnels.containsKey(name)) {
            throw new IllegalArgumentException("there is a tunnel " + name + " already");
        }
        tunnels.put(
                name,
                new OpenTunnel(
                        signalling, ends, edges, clients, terms, scheduler, paths, entropy, this::schedule, nowNanos));
        advance();
    }

    /** The tunnel of this name, or null. On the conductor. */
    @Nullable
    IngressTunnel<TunnelPeer> tunnel(String name) {
        OpenTunnel present = tunnels.get(name);
        return present == null ? null : present.tunnel();
    }

    /** More is known of other nodes than before. On the conductor. */
    void nodesChanged() {
        tunnels.values().forEach(each -> each.tunnel().onNodesChanged(nowNanos));
    }

    /**
     * Makes these the rules of what goes by which tunnel; a packet without a rule, or without its tunnel, is dropped.
     */
    public void setRules(List<Rule> rules) {
        onConductor(() -> {
            edges.replace(rules.stream()
                    .map(rule ->
                            new DirectRules.Rule(rule.source(), rule.destination(), rule.dscp(), route(rule.tunnel())))
                    .toList());
            return true;
        });
    }

    /** Which packets go where, to look at. On the conductor. */
    Edges edges() {
        return edges;
    }

    /** One that leads nowhere when there is no such tunnel: the packets are dropped, and do not go another way. */
    private IngressEdge.Route route(String tunnel) {
        OpenTunnel present = tunnels.get(tunnel);
        return present == null ? new IngressEdge.Route() : present.route();
    }

    /** Looks at a tunnel, on the conductor. */
    public <T> Optional<T> ofTunnel(String name, Function<IngressTunnel<TunnelPeer>, T> question) {
        return onConductor(() ->
                Optional.ofNullable(tunnels.get(name)).map(OpenTunnel::tunnel).map(question));
    }

    /** Ends a tunnel, if there is one of this name; rules that name it drop what they fit. */
    public void closeTunnel(String name) {
        onConductor(() -> {
            closeNow(name);
            return true;
        });
    }

    /** As {@link #closeTunnel}, on the conductor. */
    void closeNow(String name) {
        OpenTunnel present = tunnels.remove(name);
        if (present != null) {
            present.close(nowNanos);
        }
    }

    /** How often users' packets were dropped at this node's interfaces. */
    public long drops(TunnelDrop reason) {
        return edges.drops(reason);
    }

    /** The /48 that tunnels which end here get IPv6 prefixes of. */
    Cidr grantedIpv6() {
        return new Cidr(IpAddress.v6(exits.ipv6Site(), 0), SITE_LENGTH);
    }

    /** How many paths lead through this node, or end at it. */
    public int paths() {
        return onConductor(() -> signalling.lfib().size());
    }

    private TunnelPackets<TunnelPeer> egressPackets(Prefixes granted, int exitService) {
        TunnelEnd end = new TunnelEnd(
                ends, false, SchedulerKind.ECF.make(), new AtEgress(), edges.outlet(granted, exitService), nowNanos);
        edges.grant(granted, end);
        return new DevicePackets(end, () -> edges.withdraw(granted));
    }

    private void onMessage(TunnelPeer from, long message, int length, long now) {
        nowNanos = now;
        if (!signalling.onMessage(from, message, length, now, unixSeconds())) {
            AddressedRecord said = recordExchange.onMessage(from, message, length, now);
            NodeCare present = care;
            if (said != null && present != null) {
                present.learned(from.publicKey(), said, unixSeconds());
            }
        }
        schedule();
    }

    private void advance() {
        long unixSeconds = unixSeconds();
        if (record.advance(unixSeconds)) {
            signalling.setConsent(record.consent());
        }
        signalling.advance(nowNanos, unixSeconds);
        exits.advance(nowNanos);
        for (OpenTunnel tunnel : List.copyOf(tunnels.values())) {
            tunnel.advance(nowNanos, unixSeconds);
        }
        NodeCare present = care;
        if (present != null && nowNanos - careNanos >= 0) {
            careNanos = nowNanos + IDLE_NANOS;
            present.advance(unixSeconds);
        }
        schedule();
    }

    /** Says when {@link #advance} must come next. */
    private void schedule() {
        long next = nowNanos + IDLE_NANOS;
        next = Deadlines.earlier(next, signalling.nextDeadline(nowNanos), nowNanos);
        next = Deadlines.earlier(next, exits.nextDeadline(), nowNanos);
        for (OpenTunnel tunnel : tunnels.values()) {
            next = Deadlines.earlier(next, tunnel.nextDeadline(nowNanos), nowNanos);
        }
        if (care != null) {
            next = Deadlines.earlier(next, careNanos, nowNanos);
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

    /** Runs something on the conductor, and waits for it. Not to be called there. */
    <T> T onConductor(Supplier<T> task) {
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
        onConductor(() -> {
            care = null;
            tunnels.values().forEach(tunnel -> tunnel.close(nowNanos));
            tunnels.clear();
            signalling.shutDown(nowNanos);
            exits.close(nowNanos);
            return true;
        });
        sendWhatWaits();
        isClosed = true;
        LockSupport.unpark(timer);
        edges.close();
        device.detach(ends);
        device.close();
        hop.close();
        mediumTermKeys.close();
        network.close();
    }

    /** Two cycles of the packet thread: the releases are on the wire then, and neighbours need not find out. */
    private void sendWhatWaits() {
        for (int cycle = 0; cycle < 2; cycle++) {
            CompletableFuture<Boolean> begun = new CompletableFuture<>();
            device.executeOnPackets(_ -> begun.complete(true));
            begun.completeOnTimeout(false, 1, TimeUnit.SECONDS).join();
        }
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
            NodeCare present = care;
            if (present != null) {
                present.gone(neighbour);
            }
            neighbour.setLabels(null);
            signalling.gone(neighbour, now);
            schedule();
        }
    }

    /** What the packets of tunnels that end here say. */
    private final class AtEgress implements TunnelEndListener {
        @Override
        public void control(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long now) {
            nowNanos = now;
            for (Lsp<TunnelPeer, LspCiphers> over : exits.onControl(lsp, epoch, kind, content, now)) {
                signalling.end(over, LspEnd.DONE, now);
            }
            schedule();
        }

        @Override
        public void opened(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, long now) {
            exits.onOpened(lsp, epoch, now);
        }

        @Override
        public void hopMessage(Lsp<TunnelPeer, LspCiphers> lsp, HopWord word, long now) {
            // Transits speak to the ingress alone.
        }

        @Override
        public void news(Lsp<TunnelPeer, LspCiphers> lsp, PathNews news, long now) {
            // Paths are the ingress's to replace; the packets avoid a suspect one by themselves.
        }
    }
}
