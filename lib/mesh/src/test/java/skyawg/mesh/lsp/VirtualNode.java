package skyawg.mesh.lsp;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.path.Hop;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspBounds;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.Operation;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NetworkId;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.MediumTermKeys;
import skyawg.protocol.setup.ReplayFilter;
import skyawg.protocol.setup.RequestRules;
import skyawg.protocol.setup.SetupHop;
import skyawg.protocol.setup.Status;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.wire.Memory;

/** A node with the real signalling, whose links are a list of messages on their way. */
public final class VirtualNode implements Links<VirtualNode.Adjacency>, Exits<VirtualNode.Adjacency>, AutoCloseable {
    static final NetworkId NETWORK = new NetworkId(7, 8);

    private static final int PORT = 4433;

    public final LspSignalling<Adjacency> signalling;
    final List<EpochKeys> epochs = new ArrayList<>();
    final List<Lsp<Adjacency, LspCiphers>> ended = new ArrayList<>();
    final List<ReleaseReason> reportedBroken = new ArrayList<>();
    public final AddressedRecord record;

    /** What the exit says. */
    Answer answer = new Answer.Granted(30, 0x6440_0004, 0xfd00_0000_0000_0001L);

    /** A message as its sender would have it changed. */
    @Nullable
    Tampering tampering;

    public boolean isAlive = true;
    int granted;

    /** Takes the place of {@link #answer} when it is there. */
    public @Nullable Exits<Adjacency> exits;

    /** Where packets go whose path ends here. */
    public @Nullable Ends ends;

    /** What else is to be done as time goes on. */
    public @Nullable Ticking ticking;

    private final VirtualMesh mesh;
    private final Entropy entropy;
    private final PublicKey key;
    private final MediumTermKeys mediumTermKeys;
    private final SetupHop hop;
    private final Map<PublicKey, Adjacency> adjacencies = new LinkedHashMap<>();
    private final Map<PublicKey, VirtualNode> reachable = new LinkedHashMap<>();

    /** Takes packets at the end of their path. */
    public interface Ends {
        void arrive(Nhlfe<Adjacency, LspCiphers> entry, byte[] packet);
    }

    /** Something with deadlines. */
    public interface Ticking {
        void advance();

        long nextDeadline();
    }

    interface Tampering {
        void change(byte[] message);
    }

    /** One end's view of a link. */
    public static final class Adjacency {
        public final VirtualNode local;
        public final VirtualNode remote;
        boolean isUp;
        public boolean isCut;
        /** Labelled packets get lost, messages do not. */
        public boolean losesPackets;

        boolean isNarrow;
        boolean isInUse;
        int renewals;
        long heardNanos;
        long sentNanos;

        Adjacency(VirtualNode local, VirtualNode remote) {
            this.local = local;
            this.remote = remote;
        }
    }

    VirtualNode(VirtualMesh mesh, int number, Entropy entropy) {
        this.mesh = mesh;
        this.entropy = entropy;
        byte[] bytes = new byte[PublicKey.LENGTH];
        entropy.fill(bytes);
        key = PublicKey.of(bytes);
        mediumTermKeys = new MediumTermKeys(entropy, mesh.unixSeconds());
        hop = new SetupHop(
                NETWORK.toBytes(),
                key,
                mediumTermKeys,
                new ReplayFilter(entropy),
                new RequestRules(key, DialableAddresses.GLOBAL),
                entropy);
        record = new AddressedRecord(
                new NodeRecord(
                        Role.TRANSIT.bit() | Role.INTERNET.bit(),
                        10,
                        mediumTermKeys.current().id(),
                        NETWORK.prefix(),
                        key,
                        mediumTermKeys.current().publicKey(),
                        mediumTermKeys.current().expiry(),
                        0,
                        PORT,
                        0),
                IpAddress.v4(0x0b00_0000 + (number << 16) + 1),
                AddressedRecord.NO_IP6);
        signalling = new LspSignalling<>(
                this,
                this,
                NETWORK,
                hop,
                new Consent(true, record.digest(), RecordDigest.NONE),
                LspBounds.DEFAULT,
                entropy,
                mesh.nowNanos());
    }

    public Hop asHop() {
        return new Hop(record, Endpoint.of(record.ip4(), PORT));
    }

    /** Lets this node reach those, and be known to them when it has. */
    public void canReach(VirtualNode... others) {
        for (VirtualNode other : others) {
            reachable.put(other.key, other);
        }
    }

    public Adjacency to(VirtualNode other) {
        return adjacencies.computeIfAbsent(other.key, _ -> new Adjacency(this, other));
    }

    void advance() {
        if (isAlive) {
            signalling.advance(mesh.nowNanos(), mesh.unixSeconds());
            if (ticking != null) {
                ticking.advance();
            }
        }
    }

    long nextDeadline() {
        if (!isAlive) {
            return Long.MAX_VALUE;
        }
        long own = ticking == null ? Long.MAX_VALUE : ticking.nextDeadline();
        return Math.min(own, signalling.nextDeadline(mesh.nowNanos()));
    }

    @Override
    public @Nullable Adjacency find(PublicKey node) {
        return adjacencies.get(node);
    }

    @Override
    public @Nullable Adjacency reach(PublicKey node, Endpoint endpoint) {
        VirtualNode other = reachable.get(node);
        return other == null ? null : to(other);
    }

    @Override
    public boolean isUp(Adjacency adjacency) {
        return adjacency.isUp;
    }

    @Override
    public PublicKey key(Adjacency adjacency) {
        return adjacency.remote.key;
    }

    @Override
    public void renew(Adjacency adjacency) {
        adjacency.renewals++;
    }

    @Override
    public void setTimed(Adjacency adjacency, boolean isTimed) {
        // Times are kept of all.
    }

    @Override
    public long heardNanos(Adjacency adjacency) {
        return adjacency.heardNanos;
    }

    @Override
    public long sentNanos(Adjacency adjacency) {
        return adjacency.sentNanos;
    }

    @Override
    public void send(Adjacency adjacency, byte[] message) {
        adjacency.sentNanos = mesh.nowNanos();
        if (tampering != null) {
            tampering.change(message);
        }
        boolean isTooLong = adjacency.isNarrow && message.length > 1280;
        if (mesh.isLost() || isTooLong) {
            return;
        }
        mesh.after(mesh.delay(), () -> arrive(adjacency, message));
    }

    private void arrive(Adjacency from, byte[] message) {
        VirtualNode other = from.remote;
        if (!isAlive || !other.isAlive || from.isCut) {
            return;
        }
        Adjacency back = other.to(this);
        from.isUp = true;
        back.isUp = true;
        back.heardNanos = mesh.nowNanos();
        try (Arena arena = Arena.ofConfined()) {
            long address = Memory.allocate(arena, message.length);
            Memory.copy(message, 0, address, message.length);
            other.signalling.onMessage(back, address, message.length, mesh.nowNanos(), mesh.unixSeconds());
        }
    }

    /** Sends a packet that has its layers on over the link of this entry. */
    public void sendLabelled(Nhlfe<Adjacency, LspCiphers> entry, byte[] packet) {
        Adjacency out = entry.outAdjacency();
        if (out == null || mesh.isLost() || (out.isNarrow && packet.length > 1280)) {
            return;
        }
        entry.count(packet.length, mesh.nowNanos());
        out.sentNanos = mesh.nowNanos();
        byte[] labelled = packet.clone();
        try (Arena arena = Arena.ofConfined()) {
            long address = Memory.allocate(arena, packet.length);
            LabelledPacket.swap(address, entry.outEntry());
            Memory.copy(address, labelled, 0, Integer.BYTES);
        }
        mesh.after(mesh.delay(), () -> arriveLabelled(out, labelled));
    }

    private void arriveLabelled(Adjacency from, byte[] packet) {
        VirtualNode other = from.remote;
        if (!isAlive || !other.isAlive || from.isCut || from.losesPackets) {
            return;
        }
        other.to(this).heardNanos = mesh.nowNanos();
        try (Arena arena = Arena.ofConfined()) {
            long address = Memory.allocate(arena, packet.length);
            Memory.copy(packet, 0, address, packet.length);
            Nhlfe<Adjacency, LspCiphers> entry =
                    other.signalling.labels(other.to(this), mesh.nowNanos()).lookup(LabelledPacket.label(address));
            if (entry == null || !entry.isOpen()) {
                return;
            }
            if (entry.operation() == Operation.POP) {
                if (other.ends != null) {
                    other.ends.arrive(entry, packet);
                }
            } else {
                other.relay(entry, address, packet);
            }
        }
    }

    private void relay(Nhlfe<Adjacency, LspCiphers> entry, long address, byte[] packet) {
        if (!(entry.keys() instanceof LspCiphers.Transit transit)) {
            sendLabelled(entry, packet);
            return;
        }
        switch (transit.cross(entry.direction(), address)) {
            case PASSED -> sendLabelled(entry, Memory.bytes(address, packet.length));
            case HOP_MESSAGE -> sendOwn(entry.lsp(), own -> transit.answer(address, own, entropy, mesh.nowNanos()));
            default -> {
                // Garbage.
            }
        }
    }

    /** @param maker returns whether it made a packet at the address */
    private void sendOwn(@Nullable Lsp<Adjacency, LspCiphers> lsp, LongPredicate maker) {
        try (Arena arena = Arena.ofConfined()) {
            long own = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
            if (lsp != null && maker.test(own)) {
                sendLabelled(lsp.reverse(), Memory.bytes(own, LabelledPacket.lengthWithoutPadding(own)));
            }
        }
    }

    @Override
    public void setInUse(Adjacency adjacency, boolean inUse) {
        adjacency.isInUse = inUse;
    }

    @Override
    public void sendBroken(Nhlfe<Adjacency, LspCiphers> reverse, ReleaseReason reason) {
        reportedBroken.add(reason);
        if (reverse.isOpen() && reverse.keys() instanceof LspCiphers.Transit transit) {
            sendOwn(reverse.lsp(), own -> transit.sealBroken(own, reason.code(), entropy, mesh.nowNanos()));
        }
    }

    @Override
    public void retire(LspCiphers ciphers) {
        ciphers.close();
    }

    @Override
    public Answer ask(EgressRequest request, Adjacency upstream, long nowNanos) {
        if (exits != null) {
            return exits.ask(request, upstream, nowNanos);
        }
        granted += answer instanceof Answer.Granted ? 1 : 0;
        return answer;
    }

    @Override
    public void established(
            Lsp<Adjacency, LspCiphers> lsp, EgressRequest request, @Nullable EpochKeys epoch0, long nowNanos) {
        if (exits != null) {
            exits.established(lsp, request, epoch0, nowNanos);
        } else if (epoch0 != null) {
            epochs.add(epoch0);
        }
    }

    @Override
    public void withdrawn(EgressRequest request, long nowNanos) {
        granted--;
    }

    @Override
    public void ended(Lsp<Adjacency, LspCiphers> lsp, LspEnd end, long nowNanos) {
        if (exits != null) {
            exits.ended(lsp, end, nowNanos);
            return;
        }
        ended.add(lsp);
        granted--;
    }

    void refuse(Status status) {
        answer = new Answer.Refused(status);
    }

    @Override
    public void close() {
        signalling.shutDown(mesh.nowNanos());
        epochs.forEach(EpochKeys::close);
        mediumTermKeys.close();
        hop.close();
    }
}
