package skyawg.sim;

import java.lang.foreign.Arena;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.awgd.mesh.DevicePackets;
import skyawg.awgd.mesh.MeshNode;
import skyawg.awgd.mesh.OwnRecord;
import skyawg.awgd.mesh.RecordExchange;
import skyawg.datapath.forward.LabelForwarder;
import skyawg.datapath.forward.LspEnds;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tunnel.HopWord;
import skyawg.datapath.tunnel.PathNews;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.datapath.tunnel.TunnelEndListener;
import skyawg.datapath.tunnel.TunnelEnds;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.mesh.tunnel.EgressTunnels;
import skyawg.mesh.tunnel.Prefixes;
import skyawg.protocol.agenda.Agenda;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspBounds;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.MediumTermKeys;
import skyawg.protocol.setup.ReplayFilter;
import skyawg.protocol.setup.RequestRules;
import skyawg.protocol.setup.SetupHop;
import skyawg.protocol.wire.Memory;

/** One node: the daemon's classes, wired as {@link MeshNode} wires them, on virtual links and a virtual clock. */
final class SimNode extends Agenda.Entry {
    private static final long LEAST_SLEEP = Timeline.MILLISECOND;
    private static final int INTERNET = 1;

    private final Simulation world;
    private final Timeline timeline;
    private final int number;
    private final PublicKey key;
    private final MeshNode.Offer offer;
    private final Wire.Place place;
    private final Entropy entropy;
    private final Traffic traffic = new Traffic();
    private final Arena arena = Arena.ofAuto();
    private final long bornNanos;

    private final MediumTermKeys mediumTermKeys;
    private final SetupHop hop;
    private final OwnRecord record;
    private final VirtualLinks links;
    private final LabelForwarder forwarder;
    private final SimPort port;
    private final TunnelEnds ends;
    private final EgressTunnels<TunnelPeer> exits;
    private final LspSignalling<TunnelPeer> signalling;
    private final RecordExchange<TunnelPeer> recordExchange;
    private final Map<Prefixes, TunnelEnd> egressEnds = new HashMap<>();

    private @Nullable Ingress ingress;
    private long conductorNanos = Deadlines.NEVER;
    private boolean isAlive = true;

    /* Of the packet in hand. */
    private int linksBehind;
    private boolean isCarryingUsersPacket;

    SimNode(Simulation world, int number, PublicKey key, MeshNode.Offer offer, Entropy entropy) {
        this.world = world;
        this.timeline = world.timeline();
        this.number = number;
        this.key = key;
        this.offer = offer;
        this.entropy = entropy;
        place = Wire.Place.anywhere(entropy);
        bornNanos = timeline.nowNanos();
        mediumTermKeys = new MediumTermKeys(entropy, timeline.unixSeconds());
        byte[] network = Simulation.NETWORK.toBytes();
        RequestRules rules = new RequestRules(key, DialableAddresses.GLOBAL);
        hop = new SetupHop(network, key, mediumTermKeys, new ReplayFilter(entropy), rules, entropy);
        record = new OwnRecord(Simulation.NETWORK.prefix(), key, offer, offer.port(), mediumTermKeys);
        links = new VirtualLinks(this, world, entropy);
        ends = new TunnelEnds(entropy);
        forwarder = new LabelForwarder(arena, links, new Arrivals(), entropy);
        port = new SimPort(timeline, forwarder);
        ends.start(port);
        recordExchange = new RecordExchange<>(links, record::addressed);
        exits = new EgressTunnels<>(this::isServed, (granted, _, _) -> egressPackets(granted), entropy);
        signalling = new LspSignalling<>(
                links,
                exits,
                Simulation.NETWORK,
                hop,
                record.consent(),
                LspBounds.DEFAULT,
                entropy,
                timeline.nowNanos());
    }

    private boolean isServed(EgressRequest request) {
        return request.exitService() == INTERNET && (offer.roles() & Role.INTERNET.bit()) != 0;
    }

    private DevicePackets egressPackets(Prefixes granted) {
        TunnelEnd end = new TunnelEnd(
                ends, false, SchedulerKind.ECF.make(), new AtEgress(), world.trials()::atEgress, timeline.nowNanos());
        egressEnds.put(granted, end);
        return new DevicePackets(end, () -> egressEnds.remove(granted));
    }

    int number() {
        return number;
    }

    PublicKey key() {
        return key;
    }

    Wire.Place place() {
        return place;
    }

    Traffic traffic() {
        return traffic;
    }

    VirtualLinks links() {
        return links;
    }

    TunnelEnds ends() {
        return ends;
    }

    LspSignalling<TunnelPeer> signalling() {
        return signalling;
    }

    Entropy entropy() {
        return entropy;
    }

    AddressedRecord addressed() {
        return record.addressed();
    }

    boolean isExit() {
        return (offer.roles() & Role.INTERNET.bit()) != 0;
    }

    boolean acceptsStrangers() {
        return offer.roles() != 0;
    }

    /** A dead one does nothing and gets nothing. */
    boolean isAlive() {
        return isAlive;
    }

    long bornNanos() {
        return bornNanos;
    }

    @Nullable
    Ingress ingress() {
        return ingress;
    }

    /** The end of a tunnel that ends here. */
    @Nullable
    TunnelEnd egressEnd(Prefixes granted) {
        return egressEnds.get(granted);
    }

    /** How many links the packet in hand has come by. */
    int linksBehind() {
        return linksBehind;
    }

    boolean isCarryingUsersPacket() {
        return isCarryingUsersPacket;
    }

    void setIngress(Ingress begun) {
        ingress = begun;
        conductorNanos = timeline.nowNanos();
        settle();
    }

    /** It stops, and tells nobody. */
    void die() {
        isAlive = false;
        timeline.forget(this);
        signalling.shutDown(timeline.nowNanos()); // for the keys: what it sends is not heard any more
        exits.close(timeline.nowNanos());
        port.runAll();
        hop.close();
        mediumTermKeys.close();
    }

    void askForRecord(PublicKey node, Endpoint endpoint) {
        recordExchange.ask(node, endpoint, timeline.nowNanos());
    }

    /** Sends a user's packet into a tunnel from one of its ends, which is at this node. */
    void sendUsersPacket(TunnelEnd end, long packet, int length) {
        port.executeOnPackets(now -> {
            isCarryingUsersPacket = true;
            end.send(packet, length, now);
            isCarryingUsersPacket = false;
        });
        settle();
    }

    void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason) {
        port.executeOnPackets(now -> {
            linksBehind = 0;
            forwarder.sendBroken(reverse, reason, now);
        });
    }

    void retire(LspCiphers ciphers) {
        // Behind what packets are to be sent with them.
        port.executeOnPackets(_ -> ciphers.close());
    }

    /** A session with a neighbour is there for the first time. */
    void came(SimPeer neighbour) {
        neighbour.setLabels(signalling.labels(neighbour, timeline.nowNanos()));
    }

    /** The neighbour is no more. */
    void went(SimPeer neighbour) {
        neighbour.setLabels(null);
        signalling.gone(neighbour, timeline.nowNanos());
        conductorActed();
        settle();
    }

    /** What a session brings. */
    void arrive(SimPeer from, byte[] payload, int links, boolean isUsers) {
        long address = world.buffer(payload);
        switch (LinkPayload.classify(address, payload.length)) {
            case LABEL -> {
                if (!from.isBlackHole) {
                    linksBehind = links;
                    isCarryingUsersPacket = isUsers;
                    forwarder.forward(from, address, timeline.nowNanos());
                    isCarryingUsersPacket = false;
                    linksBehind = 0;
                    ends.flush();
                }
            }
            case CHANNEL -> {
                onMessage(from, address, payload.length);
                conductorActed();
            }
            case KEEPALIVE -> {
                // The time of it was noted.
            }
            default -> throw new IllegalStateException("a link carries only what nodes send");
        }
        settle();
    }

    private void onMessage(SimPeer from, long message, int length) {
        long now = timeline.nowNanos();
        if (!signalling.onMessage(from, message, length, now, timeline.unixSeconds())) {
            AddressedRecord said = recordExchange.onMessage(from, message, length, now);
            if (said != null && ingress != null) {
                ingress.learned(from.publicKey(), said);
            }
        }
    }

    /** Its time has come. */
    void wake() {
        long now = timeline.nowNanos();
        if (now - conductorNanos >= 0) {
            advance(now);
        }
        if (now - ends.wakeNanos() >= 0) {
            ends.doWork(0, now);
        }
        settle();
    }

    private void advance(long now) {
        long unixSeconds = timeline.unixSeconds();
        signalling.advance(now, unixSeconds);
        exits.advance(now);
        if (ingress != null) {
            ingress.advance(now, unixSeconds);
        }
        conductorActed();
    }

    private void conductorActed() {
        long now = timeline.nowNanos();
        long next = signalling.nextDeadline(now);
        next = Deadlines.earlier(next, exits.nextDeadline(), now);
        if (ingress != null) {
            next = Deadlines.earlier(next, ingress.nextDeadline(now), now);
        }
        conductorNanos = next == Deadlines.NEVER ? next : Math.max(next, now + LEAST_SLEEP);
    }

    /** Does all that follows from what has just happened, and says when it is to be called next. */
    void settle() {
        if (!isAlive) {
            return;
        }
        if (port.runAll()) {
            conductorActed();
        }
        timeline.wake(this, Math.min(conductorNanos, ends.wakeNanos()));
    }

    /** Packets at the end of their path. */
    private final class Arrivals implements LspEnds {
        @Override
        public void arrive(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
            if (isCarryingUsersPacket) {
                world.figures().usersPacketArrived(linksBehind, LabelledPacket.lengthWithoutPadding(packet));
            }
            isCarryingUsersPacket = false;
            linksBehind = 0;
            ends.arrive(entry, packet, nowNanos);
        }
    }

    /** What the packets of tunnels that end here say. */
    private final class AtEgress implements TunnelEndListener {
        @Override
        public void control(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long now) {
            for (Lsp<TunnelPeer, LspCiphers> over : exits.onControl(lsp, epoch, kind, content, now)) {
                signalling.end(over, LspEnd.DONE, now);
            }
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
            // Paths are the ingress's to replace.
        }
    }

    /** Copies a packet off the heap, with room in front of it. */
    static final class Buffer {
        private static final int HEADROOM = 256;
        private static final int LENGTH = 2_048;

        private final Arena arena = Arena.ofAuto();
        private final long address = Memory.allocate(arena, HEADROOM + LENGTH) + HEADROOM;

        long put(byte[] payload) {
            Memory.copy(payload, 0, address, payload.length);
            return address;
        }
    }
}
