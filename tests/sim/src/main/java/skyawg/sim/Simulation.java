package skyawg.sim;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.awgd.mesh.MeshNode;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;

/** All nodes, and what happens to them: they come, they go without a word, and the tunnels of some find ways round. */
final class Simulation {
    static final NetworkId NETWORK = new NetworkId(0x736b_7961_7767_2073L, 0x696d_756c_6174_6564L);

    /** When a node died that lives. */
    static final long ALIVE = Long.MAX_VALUE;

    private static final int PORT = 4_433;
    /** Of capacity, as exponents of kbit/s: 8 to 128 Mbit/s. */
    private static final int LEAST_CAPACITY = 13;

    private static final int MOST_CAPACITY = 17;
    private static final int GONE_AT_START = 1_024;
    private static final long START_SPREAD = 60 * Timeline.SECOND;
    /** One in so many ingresses is for trials, and every second one where there are few. */
    private static final int TRIALS_EVERY = 10;

    private static final int MANY = 40;

    private final Settings settings;
    private final Timeline timeline = new Timeline();
    private final Entropy entropy;
    private final Wire wire;
    private final Directory directory = new Directory();
    private final Figures figures = new Figures();
    private final Trials trials;
    private final SimNode.Buffer buffer = new SimNode.Buffer();

    private final Map<PublicKey, SimNode> living = new HashMap<>();
    private final Map<PublicKey, Long> died = new HashMap<>();
    /** Those that come and go. */
    private final List<SimNode> relays = new ArrayList<>();

    private final Map<PublicKey, Directory.Entry> entries = new HashMap<>();
    private final List<Ingress> ingresses = new ArrayList<>();
    private final List<Directory.Entry> goneAtStart = new ArrayList<>();
    private final Set<IpAddress> addresses = new HashSet<>();
    private int made;

    Simulation(Settings settings) {
        this.settings = settings;
        entropy = new SeededEntropy(settings.seed());
        wire = new Wire(timeline, new SeededEntropy(entropy.nextLong()), settings);
        trials = new Trials(this, new SeededEntropy(entropy.nextLong()));
        int count = settings.nodes() - settings.ingresses();
        for (int i = 0; i < count; i++) {
            addRelay(i % 100 < settings.exitPercent());
        }
        Directory before = new Directory();
        for (int i = 0; i < GONE_AT_START; i++) {
            goneAtStart.add(before.add(strangersRecord(i % 100 < settings.exitPercent())));
        }
        for (int i = 0; i < settings.ingresses(); i++) {
            boolean isForTrials = i % (settings.ingresses() < MANY ? 2 : TRIALS_EVERY) == 0;
            timeline.after(entropy.uniform(0, START_SPREAD), () -> addIngress(isForTrials));
        }
        scheduleChurn();
        trials.schedule();
    }

    private SimNode make(int roles, int capacity) {
        boolean isReached = roles != 0;
        IpAddress address = isReached ? drawAddress() : AddressedRecord.NO_IP4;
        MeshNode.Offer offer =
                new MeshNode.Offer(roles, capacity, 0, address, AddressedRecord.NO_IP6, PORT, DialableAddresses.GLOBAL);
        SimNode node = new SimNode(this, made++, drawKey(), offer, new SeededEntropy(entropy.nextLong()));
        living.put(node.key(), node);
        return node;
    }

    private PublicKey drawKey() {
        byte[] bytes = new byte[PublicKey.LENGTH];
        entropy.fill(bytes);
        return PublicKey.of(bytes);
    }

    private IpAddress drawAddress() {
        while (true) {
            IpAddress address = IpAddress.v4((int) entropy.nextLong());
            if (DialableAddresses.GLOBAL.contains(address) && addresses.add(address)) {
                return address;
            }
        }
    }

    private int drawCapacity() {
        return (int) entropy.uniform(LEAST_CAPACITY, MOST_CAPACITY);
    }

    private static int rolesOf(boolean isExit) {
        return Role.TRANSIT.bit() | (isExit ? Role.INTERNET.bit() : 0);
    }

    private void addRelay(boolean isExit) {
        SimNode node = make(rolesOf(isExit), drawCapacity());
        relays.add(node);
        entries.put(node.key(), directory.add(node.addressed()));
    }

    /** The record of a node that was there before the beginning. */
    private AddressedRecord strangersRecord(boolean isExit) {
        long expiry = timeline.unixSeconds() + 86_400;
        PublicKey key = drawKey();
        died.put(key, 0L);
        NodeRecord record = new NodeRecord(
                rolesOf(isExit), drawCapacity(), 0, NETWORK.prefix(), key, drawKey(), expiry, 0, PORT, 0);
        return new AddressedRecord(record, drawAddress(), AddressedRecord.NO_IP6);
    }

    private void addIngress(boolean isForTrials) {
        SimNode node = make(0, 0);
        Ingress ingress = new Ingress(this, node, isForTrials);
        ingresses.add(ingress);
        node.setIngress(ingress);
    }

    private void scheduleChurn() {
        double rate = settings.goingPerSecond();
        if (rate > 0) {
            double pause = -StrictMath.log(1 - fraction(entropy)) / rate;
            timeline.after((long) (pause * Timeline.SECOND), () -> {
                SimNode going = relays.get((int) entropy.uniform(0, relays.size() - 1L));
                replace(going);
                figures.churned();
                scheduleChurn();
            });
        }
    }

    /** The node dies without a word, and another one of its kind comes. */
    void replace(SimNode going) {
        relays.remove(going);
        living.remove(going.key());
        died.put(going.key(), timeline.nowNanos());
        figures.gone(going, timeline.nowNanos());
        going.die();
        Directory.Entry entry = entries.remove(going.key());
        if (entry != null) {
            timeline.after(settings.staleSeconds() * Timeline.SECOND, () -> directory.remove(entry));
        }
        addRelay(going.isExit());
    }

    void runUntil(int seconds) {
        timeline.runUntil((seconds + 1) * Timeline.SECOND);
    }

    Settings settings() {
        return settings;
    }

    Timeline timeline() {
        return timeline;
    }

    Wire wire() {
        return wire;
    }

    Directory directory() {
        return directory;
    }

    Figures figures() {
        return figures;
    }

    Trials trials() {
        return trials;
    }

    List<Ingress> ingresses() {
        return ingresses;
    }

    List<SimNode> relays() {
        return relays;
    }

    /** Whom a node finds at an endpoint that it dials. */
    @Nullable
    SimNode at(PublicKey key, Endpoint endpoint) {
        SimNode node = living.get(key);
        boolean isThere = node != null
                && node.addressed().endpoint4().filter(endpoint::equals).isPresent();
        return isThere ? node : null;
    }

    @Nullable
    SimNode find(PublicKey key) {
        return living.get(key);
    }

    /** From an ingress to the end of a path. */
    double oneWayMillis(SimNode ingress, Path path) {
        double sum = 0;
        SimNode from = ingress;
        for (Hop hop : path.hops()) {
            SimNode to = living.get(hop.key());
            if (to != null) {
                sum += wire.delayNanos(from, to) / 1e6;
                from = to;
            }
        }
        return sum;
    }

    /** {@link #ALIVE} for one that lives. */
    long diedNanos(PublicKey key) {
        return died.getOrDefault(key, ALIVE);
    }

    /** One that is no more when the simulation begins. */
    Directory.Entry drawGone() {
        return goneAtStart.get((int) entropy.uniform(0, goneAtStart.size() - 1L));
    }

    /** 0 to 1. */
    double fraction(Entropy of) {
        return (of.nextLong() >>> 11) * 0x1p-53;
    }

    /** A packet in memory, until the next one. */
    long buffer(byte[] payload) {
        return buffer.put(payload);
    }
}
