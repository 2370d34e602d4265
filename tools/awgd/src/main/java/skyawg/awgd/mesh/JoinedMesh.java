package skyawg.awgd.mesh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skyawg.control.mesh.FtnConfig;
import skyawg.control.mesh.KeptKey;
import skyawg.control.mesh.MeshConfig;
import skyawg.control.mesh.NodeEdges;
import skyawg.control.mesh.TunnelConfig;
import skyawg.control.offer.OfferedRecord;
import skyawg.control.offer.RecordOffer;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.nodes.Claim;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.OfferVerdict;
import skyawg.mesh.nodes.Origin;
import skyawg.mesh.nodes.Vantage;
import skyawg.mesh.path.NodeTags;
import skyawg.mesh.path.PathChooser;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.record.NetworkParameters;
import skyawg.protocol.record.RecordVerdict;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * A mesh that this daemon takes part in: the node, what it knows of others, its guards, and the tunnels that it keeps
 * open. What is said to be the conductor's is asked for by {@link #ask}.
 */
final class JoinedMesh implements NodeCare, AutoCloseable {
    /** The mesh device's name, for threads and in the state folder. */
    static final String DEVICE = "mesh";

    private static final System.Logger LOG = System.getLogger(JoinedMesh.class.getName());
    private static final int INTERNET = 1;

    private final MeshNode node;
    private final NodeInterfaces interfaces;
    private final NetworkId network;
    private final boolean isPublic;
    private final PublicKey self;
    private final Vantage vantage;
    private final NodeSample sample;
    private final Guards guards;
    private final GuardFile guardFile;
    private final PathChooser chooser;
    private final Blame blame;
    private final long startedAt;

    private boolean hasIngress;
    private boolean hasEgress;

    /* The conductor's. */
    private final Map<String, KeptTunnel> tunnels = new LinkedHashMap<>();
    private final SampleCare care;
    private final StaticLabels labels;

    private JoinedMesh(
            MeshNode node,
            NodeInterfaces interfaces,
            MeshConfig config,
            NetworkParameters network,
            Path state,
            long startedAt) {
        this.node = node;
        this.interfaces = interfaces;
        this.network = network.id();
        this.isPublic = network.isPublic();
        this.self = X25519Keys.publicKey(config.privateKey().key());
        this.startedAt = startedAt;
        DialableAddresses dialable = config.offer().dialable();
        Entropy entropy = new SystemEntropy();
        vantage = new Vantage(
                self,
                Families.ofMachine(config.offer()),
                endpoint -> dialable.contains(endpoint.address()) && DialableAddresses.isPort(endpoint.port()));
        sample = new NodeSample(network.id(), vantage, entropy);
        guards = new Guards(sample, vantage, entropy);
        guardFile = new GuardFile(state.resolve(DEVICE).resolve("guards-" + network.id()));
        chooser = new PathChooser(sample, vantage, NodeTags.families(), entropy);
        blame = new Blame(sample);
        care = new SampleCare(
                sample, guards, vantage, node::askForRecord, () -> guardFile.save(guards.stored(unixSeconds())));
        labels =
                new StaticLabels(node, key -> claimOf(key).ifPresent(claim -> care.askForRecord(claim, unixSeconds())));
    }

    /**
     * Joins, and begins to open the tunnels.
     *
     * @param state folder for what must survive a restart
     */
    static JoinedMesh join(MeshConfig config, TunnelOptions options, NodeInterfaces.Maker interfaces, Path state)
            throws IOException, TunnelRefusedException {
        long now = unixSeconds();
        NetworkParameters network = NetworkParameters.derive(
                config.name(), config.secret().map(KeptKey::key).orElse(null));
        MeshNode.Offer offer = new MeshNode.Offer(
                config.offer().roleBits(),
                config.offer().capacityExponent(),
                config.offer().family(),
                config.offer().ip4().orElse(AddressedRecord.NO_IP4),
                config.offer().ip6().orElse(AddressedRecord.NO_IP6),
                config.offer().port(),
                config.offer().dialable());
        MeshNode node =
                new MeshNode(DEVICE, options, network, config.privateKey().key(), offer);
        JoinedMesh mesh = new JoinedMesh(node, interfaces.make(node), config, network, state, now);
        try {
            mesh.openInterfaces(config);
        } catch (IOException | TunnelRefusedException e) {
            node.close();
            throw e;
        }
        mesh.ask(() -> {
            mesh.guards.restore(mesh.guardFile.load(), now);
            mesh.offerRecords(config.allRecords(), now);
            mesh.keep(config.tunnels());
            mesh.labels.keep(config.labels());
            return true;
        });
        node.setOwnAddresses(OwnAddresses.now());
        mesh.steer(config.ftn());
        node.setCare(mesh);
        return mesh;
    }

    /** Makes the interfaces that a configuration needs and that are not there yet. Not on the conductor. */
    void openInterfaces(MeshConfig config) throws IOException, TunnelRefusedException {
        NodeEdges edges = config.edges();
        if (config.offer().roles().contains(Role.INTERNET) && !hasEgress) {
            interfaces.openEgress(Set.of(INTERNET), edges.exitAllow());
            hasEgress = true;
        }
        if (!config.tunnels().isEmpty() && !hasIngress) {
            interfaces.openIngress(new MeshNode.Clients(edges.clients4(), edges.clients6()));
            hasIngress = true;
        }
    }

    /** Makes these the rules of what goes by which tunnel. Not on the conductor. */
    void steer(List<FtnConfig> rules) throws IOException {
        node.setRules(rules.stream()
                .map(rule -> new MeshNode.Rule(source(rule), rule.destination(), rule.dscp(), rule.tunnel()))
                .toList());
        if (hasIngress) {
            interfaces.steer(rules.stream()
                    .filter(rule -> rule.client().isEmpty())
                    .map(rule -> new KernelRoutes.Steering(rule.destination(), rule.from()))
                    .toList());
        }
    }

    private static @Nullable Object source(FtnConfig rule) {
        return rule.client().isPresent() ? rule.client().get() : rule.from().orElse(null);
    }

    /** How the system sends a packet of this machine's own, in its words; empty when it has no route. */
    Optional<String> routeOf(IpAddress destination) {
        try {
            return interfaces.routeOf(destination);
        } catch (IOException e) {
            return Optional.of("(it does not say: " + e.getMessage() + ")");
        }
    }

    /** Takes away what the system and clients' interfaces were told. Not on the conductor. */
    void clearInterfaces() throws IOException {
        node.setRules(List.of());
        if (hasIngress || hasEgress) {
            interfaces.clear();
        }
    }

    /** This machine's routes or addresses have changed. Not on the conductor. */
    void routesChanged() {
        node.device().routesChanged();
        try {
            interfaces.addressesChanged();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, () -> "this machine's addresses cannot be read: " + e.getMessage());
        }
    }

    static long unixSeconds() {
        return System.currentTimeMillis() / 1000;
    }

    /** Answers a question on the conductor. */
    <T> T ask(Supplier<T> question) {
        return node.onConductor(question);
    }

    /** A line of the operator's list. On the conductor. */
    record Offered(AddressedRecord addressed, OfferVerdict verdict) {}

    /** Takes records as the operator's own list. On the conductor. */
    List<Offered> offerRecords(List<AddressedRecord> records, long unixSeconds) {
        List<Offered> verdicts = new ArrayList<>();
        for (AddressedRecord addressed : records) {
            Origin origin = Origin.staticEntry(addressed.node().staticKey());
            verdicts.add(new Offered(addressed, sample.offer(addressed, origin, unixSeconds)));
        }
        care.maintainSoon();
        return verdicts;
    }

    /**
     * Takes what a source found: claims of strangers, or a file's entries. On the conductor. @return how many it knows
     * now
     */
    int offer(RecordOffer offer, long unixSeconds) {
        int taken = 0;
        for (OfferedRecord offered : offer.records()) {
            AddressedRecord addressed = offered.addressed();
            Origin origin = switch (offer.source()) {
                case STATIC -> Origin.staticEntry(addressed.node().staticKey());
                case DISCV5 -> Origin.discovery(offered.publisher(), offered.sequence());
            };
            if (sample.offer(addressed, origin, unixSeconds).isTaken()) {
                taken++;
            }
        }
        return taken;
    }

    /** Why a record is of no use here, for people; empty when it is. */
    Optional<String> whyNot(AddressedRecord addressed, long unixSeconds) {
        RecordVerdict verdict = RecordVerdict.judge(addressed.node(), network, true, unixSeconds);
        if (verdict == RecordVerdict.OTHER_NETWORK) {
            return Optional.of("it is of another mesh, or of one with another secret");
        }
        if (verdict.isIgnored()) {
            return Optional.of("its keys cannot be any node's");
        }
        boolean hasEndpoint =
                addressed.endpoint4().isPresent() || addressed.endpoint6().isPresent();
        if (hasEndpoint && vantage.familiesOf(addressed) == 0) {
            return Optional.of("paths may not lead to its address; 'Dial = private' in mesh.conf, or 'mesh join --dial"
                    + " private', lets them lead into private networks");
        }
        return Optional.empty();
    }

    /** Makes the tunnels be these: those that have changed are opened anew. On the conductor. */
    void keep(List<TunnelConfig> wanted) {
        Map<String, TunnelConfig> byName = new LinkedHashMap<>();
        wanted.forEach(config -> byName.put(config.name(), config));
        for (KeptTunnel kept : List.copyOf(tunnels.values())) {
            if (!kept.config().equals(byName.get(kept.config().name()))) {
                tunnels.remove(kept.config().name());
                kept.close(node);
            }
        }
        for (TunnelConfig config : byName.values()) {
            if (!tunnels.containsKey(config.name())) {
                ChosenPaths paths = new ChosenPaths(chooser, guards, blame, KeptTunnel.policy(config));
                KeptTunnel fresh = new KeptTunnel(config, paths);
                tunnels.put(config.name(), fresh);
                fresh.open(node);
            }
        }
    }

    @Override
    public void advance(long unixSeconds) {
        care.advance(unixSeconds);
        labels.advance();
        for (KeptTunnel tunnel : List.copyOf(tunnels.values())) {
            tunnel.advance(node, unixSeconds);
        }
    }

    /**
     * Makes a link to a node, whether a path wants it or not. On the conductor.
     *
     * @return where the node is asked to answer; empty when no record says where it is
     */
    Optional<Endpoint> reach(PublicKey key) {
        Optional<Endpoint> endpoint =
                claimOf(key).map(claim -> vantage.endpointFor(vantage.families(), claim.addressed()));
        endpoint.ifPresent(at -> node.askForRecord(key, at));
        return endpoint;
    }

    /** A claim of a node that says where it is reached. */
    private Optional<Claim> claimOf(PublicKey key) {
        return sample.find(key)
                .flatMap(known -> known.currentOrNaming(unixSeconds()))
                .filter(claim -> (claim.families() & vantage.families()) != 0);
    }

    /** Whether there is a link to a node, or one can be made. On the conductor. */
    boolean isKnown(PublicKey key) {
        return node.device().find(key) != null || claimOf(key).isPresent();
    }

    @Override
    public void gone(TunnelPeer neighbour) {
        labels.gone(neighbour);
    }

    @Override
    public void learned(PublicKey neighbour, AddressedRecord said, long unixSeconds) {
        if (care.learned(neighbour, said, unixSeconds)) {
            node.nodesChanged();
        }
    }

    MeshNode node() {
        return node;
    }

    NetworkId network() {
        return network;
    }

    boolean isPublic() {
        return isPublic;
    }

    PublicKey self() {
        return self;
    }

    /** Unix seconds. */
    long startedAt() {
        return startedAt;
    }

    /** The conductor's. */
    NodeSample sample() {
        return sample;
    }

    /** The conductor's. */
    Guards guards() {
        return guards;
    }

    /** The conductor's. */
    StaticLabels labels() {
        return labels;
    }

    PathChooser chooser() {
        return chooser;
    }

    /** The conductor's. */
    List<KeptTunnel> tunnels() {
        return List.copyOf(tunnels.values());
    }

    /** The conductor's. */
    @Nullable
    KeptTunnel tunnel(String name) {
        return tunnels.get(name);
    }

    @Override
    public void close() {
        node.close();
    }
}
