package skyawg.mesh.tunnel;

import static java.util.Objects.requireNonNull;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skyawg.mesh.lsp.VirtualMesh;
import skyawg.mesh.lsp.VirtualNode;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.HopMessage;
import skyawg.protocol.onion.IngressReverse;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.OriginIv;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.onion.ReceiveEpochs;
import skyawg.protocol.onion.ReceivingEnd;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.onion.SendingEnd;
import skyawg.protocol.onion.Verdict;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.wire.Memory;

/**
 * One end of a tunnel that really seals and opens. Every second it sends something on each path that it carries; one
 * from which nothing has come for four is suspect.
 */
final class VirtualPackets implements TunnelPackets<VirtualNode.Adjacency> {
    private static final long INTERVAL = VirtualMesh.SECOND;
    private static final int SILENT_INTERVALS = 4;

    final List<Lsp<VirtualNode.Adjacency, LspCiphers>> active = new ArrayList<>();
    final Map<Lsp<VirtualNode.Adjacency, LspCiphers>, Integer> userPackets = new LinkedHashMap<>();
    boolean isClosed;
    boolean isRenewalDue;
    int sealing = -1;

    private final VirtualMesh mesh;
    private final VirtualNode node;
    private final boolean isIngress;
    private final Receiver receiver;
    private final List<Lsp<VirtualNode.Adjacency, LspCiphers>> attached = new ArrayList<>();
    private final Map<Integer, SendEpoch> sendEpochs = new LinkedHashMap<>();
    private final ReceiveEpochs receiveEpochs = new ReceiveEpochs();
    /** When something last came, for paths that are carried. */
    private final Map<Lsp<VirtualNode.Adjacency, LspCiphers>, Long> heard = new LinkedHashMap<>();

    private final Set<Lsp<VirtualNode.Adjacency, LspCiphers>> suspects = new LinkedHashSet<>();
    private int newestEpoch;
    private long beatNanos;

    /** Takes what was opened. */
    interface Receiver {
        void control(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int epoch, int kind, byte[] content);

        void opened(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int epoch);

        void suspect(Lsp<VirtualNode.Adjacency, LspCiphers> lsp);

        /** @param kind of the transit's message */
        default void hopMessage(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int hop, int kind, long token) {
            throw new AssertionError("no transit tells an egress anything");
        }
    }

    VirtualPackets(VirtualMesh mesh, VirtualNode node, boolean isIngress, Receiver receiver) {
        this.mesh = mesh;
        this.node = node;
        this.isIngress = isIngress;
        this.receiver = receiver;
    }

    @Override
    public void usable(EpochKeys keys) {
        sendEpochs.put(keys.epoch(), new SendEpoch(keys.epoch(), isIngress ? keys.forward() : keys.reverse()));
        receiveEpochs.add(keys.epoch(), isIngress ? keys.reverse() : keys.forward());
    }

    @Override
    public void erased(EpochKeys keys) {
        requireNonNull(sendEpochs.remove(keys.epoch())).close();
        receiveEpochs.remove(keys.epoch());
    }

    @Override
    public void sealIn(int epoch) {
        sealing = epoch;
    }

    @Override
    public void attach(Lsp<VirtualNode.Adjacency, LspCiphers> lsp) {
        attached.add(lsp);
    }

    @Override
    public void detach(Lsp<VirtualNode.Adjacency, LspCiphers> lsp) {
        attached.remove(lsp);
        active.remove(lsp);
        heard.remove(lsp);
        suspects.remove(lsp);
    }

    @Override
    public void carryOn(
            List<Lsp<VirtualNode.Adjacency, LspCiphers>> lsps, List<Lsp<VirtualNode.Adjacency, LspCiphers>> warm) {
        active.clear();
        active.addAll(lsps);
        List<Lsp<VirtualNode.Adjacency, LspCiphers>> carried = new ArrayList<>(lsps);
        carried.addAll(warm);
        heard.keySet().retainAll(carried);
        carried.forEach(lsp -> heard.putIfAbsent(lsp, mesh.nowNanos()));
    }

    @Override
    public boolean isRenewalDue() {
        return isRenewalDue;
    }

    /** Sends what keeps the paths alive, and says which are silent. */
    void advance() {
        if (isClosed || mesh.nowNanos() - beatNanos < 0) {
            return;
        }
        beatNanos = mesh.nowNanos() + INTERVAL;
        for (Map.Entry<Lsp<VirtualNode.Adjacency, LspCiphers>, Long> path : List.copyOf(heard.entrySet())) {
            seal(path.getKey(), Kind.NOTHING, new byte[0]);
            if (mesh.nowNanos() - path.getValue() > SILENT_INTERVALS * INTERVAL && suspects.add(path.getKey())) {
                receiver.suspect(path.getKey());
            }
        }
    }

    long nextDeadline() {
        return isClosed ? Long.MAX_VALUE : beatNanos;
    }

    @Override
    public void send(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int kind, byte[] content) {
        seal(lsp, kind, content);
    }

    @Override
    public void askHop(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int hop, long token) {
        Nhlfe<VirtualNode.Adjacency, LspCiphers> entry = requireNonNull(lsp.forward());
        if (!entry.isOpen() || !(entry.keys() instanceof LspCiphers.Ingress ingress)) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            long packet = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
            HopMessage.putEcho(packet, Kind.HOP_ECHO_REQUEST, 0, token, HopMessage.MIN_LENGTH);
            if (ingress.forward().sendToHop(hop, packet, HopMessage.MIN_LENGTH)) {
                node.sendLabelled(entry, Memory.bytes(packet, LabelledPacket.lengthWithoutPadding(packet)));
            }
        }
    }

    /** Sends a user's packet over every active path, one each. */
    void sendUser() {
        byte[] inner = new byte[28];
        inner[0] = 0x45;
        inner[3] = 28;
        active.forEach(lsp -> seal(lsp, Kind.IP_PACKET, inner));
    }

    boolean holds(Lsp<VirtualNode.Adjacency, LspCiphers> lsp) {
        return attached.contains(lsp);
    }

    private void seal(Lsp<VirtualNode.Adjacency, LspCiphers> lsp, int kind, byte[] content) {
        Nhlfe<VirtualNode.Adjacency, LspCiphers> entry = isIngress ? lsp.forward() : lsp.reverse();
        if (!node.isAlive || entry == null || !entry.isOpen()) {
            return;
        }
        SendingEnd end = requireNonNull(requireNonNull(entry.keys()).sendingEnd());
        SendEpoch epoch = requireNonNull(sendEpochs.get(sealing));
        try (Arena arena = Arena.ofConfined()) {
            long packet = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
            long plaintext = packet + LabelledPacket.BODY_OFFSET;
            Plaintext.putHead(plaintext, kind, 0);
            Memory.copy(content, 0, plaintext + Plaintext.HEAD_LENGTH, content.length);
            int length = Plaintext.HEAD_LENGTH + content.length;
            boolean isSealed = kind == Kind.IP_PACKET
                    ? end.sendUser(epoch, epoch.takeTunnelSequence(), packet, length)
                    : end.sendControl(epoch, packet, length);
            if (isSealed) {
                node.sendLabelled(entry, Memory.bytes(packet, LabelledPacket.lengthWithoutPadding(packet)));
            }
        }
    }

    /** @return false when the packet did not open */
    boolean open(Nhlfe<VirtualNode.Adjacency, LspCiphers> entry, byte[] bytes) {
        Lsp<VirtualNode.Adjacency, LspCiphers> lsp = requireNonNull(entry.lsp());
        try (Arena arena = Arena.ofConfined()) {
            long packet = Memory.allocate(arena, bytes.length);
            Memory.copy(bytes, 0, packet, bytes.length);
            ReceivingEnd opener = requireNonNull(requireNonNull(entry.keys()).receivingEnd());
            Verdict verdict = opener.receive(receiveEpochs, packet);
            if (verdict == Verdict.HOP_MESSAGE && opener instanceof IngressReverse reverse) {
                receiver.hopMessage(lsp, reverse.lastMessageHop(), HopMessage.kind(packet), HopMessage.token(packet));
            }
            if (verdict != Verdict.ACCEPTED) {
                return false;
            }
            entry.count(bytes.length, mesh.nowNanos());
            int epoch = OriginIv.epoch(packet + LabelledPacket.IV_OFFSET);
            long plaintext = packet + LabelledPacket.BODY_OFFSET;
            int kind = Plaintext.kind(plaintext);
            heard.computeIfPresent(lsp, (_, _) -> mesh.nowNanos());
            if (epoch > newestEpoch) {
                newestEpoch = epoch;
                receiver.opened(lsp, epoch);
            }
            if (kind == Kind.IP_PACKET) {
                userPackets.merge(lsp, 1, Integer::sum);
            } else if (kind != Kind.NOTHING) {
                int offset = Plaintext.contentOffset(plaintext);
                byte[] content = Memory.bytes(plaintext + offset, LabelledPacket.plaintextLength(packet) - offset);
                receiver.control(lsp, epoch, kind, content);
            }
            return true;
        }
    }

    int userPackets() {
        return userPackets.values().stream().mapToInt(Integer::intValue).sum();
    }

    @Override
    public void close() {
        isClosed = true;
        sendEpochs.values().forEach(SendEpoch::close);
        sendEpochs.clear();
        receiveEpochs.close();
    }
}
