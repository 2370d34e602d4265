package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.EgressForward;
import skyawg.protocol.onion.EgressReverse;
import skyawg.protocol.onion.HopKeys;
import skyawg.protocol.onion.IngressForward;
import skyawg.protocol.onion.IngressReverse;
import skyawg.protocol.onion.Kind;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.onion.ReceiveEpochs;
import skyawg.protocol.onion.SendEpoch;
import skyawg.protocol.onion.SendingEnd;
import skyawg.protocol.onion.Verdict;
import skyawg.protocol.wire.Memory;

/**
 * Packets through a node in the middle, over real sessions: a path from a over b to c, its labels set by hand.
 *
 * <pre>
 *   a ==== b ==== c
 * </pre>
 */
final class LabelSwitchTest {
    private static final int PACKETS = 500;
    private static final int LSP = 7;
    private static final int LIFETIME_SECONDS = 600;

    private final Arena arena = Arena.ofShared();
    private final Random random = new Random(20);
    private final PacketLoops threads = PacketLoops.together(false);
    private final MeshNode a = new MeshNode("a", threads);
    private final MeshNode b = new MeshNode("b", threads);
    private final MeshNode c = new MeshNode("c", threads);
    private final HopKeys transitKeys = new HopKeys(randomBytes(HopKeys.LENGTH));
    private final HopKeys egressKeys = new HopKeys(randomBytes(HopKeys.LENGTH));
    private final long packet = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);

    private Lsp<TunnelPeer, LspCiphers> atA;
    private Lsp<TunnelPeer, LspCiphers> atB;
    private Lsp<TunnelPeer, LspCiphers> atC;

    @SuppressWarnings("NullAway.Init") // setUp() comes first
    LabelSwitchTest() throws IOException {}

    @AfterEach
    void close() {
        a.close();
        b.close();
        c.close();
        transitKeys.close();
        egressKeys.close();
        arena.close();
    }

    @Test
    void carriesCoveredPacketsForward() throws IOException {
        setUp(LspMode.ONION);
        byte[] key = new byte[32];
        random.nextBytes(key);
        try (IngressForward ingress = new IngressForward(LSP, new HopKeys[] {transitKeys}, egressKeys);
                EgressForward egress = new EgressForward(LSP, egressKeys);
                SendEpoch epoch = new SendEpoch(1, put(key));
                ReceiveEpochs epochs = new ReceiveEpochs()) {
            epochs.add(1, put(key));
            for (int i = 0; i < PACKETS; i++) {
                int length = sealed(ingress, epoch, i);
                LabelledPacket.swap(packet, forward(atA).outEntry());
                a.device.send(next(forward(atA)), bytes(length));
            }
            Await.until("all of them at c", () -> c.packets.size() == PACKETS);
            long sequence = 0;
            for (byte[] arrival : c.packets) {
                Memory.copy(arrival, 0, packet, arrival.length);
                assertThat(egress.receive(epochs, packet)).isEqualTo(Verdict.ACCEPTED);
                assertThat(Memory.getLongBe(packet + LabelledPacket.BODY_OFFSET + Plaintext.HEAD_LENGTH + 20))
                        .isEqualTo(sequence++);
            }
        }
        assertThat(forward(atB).packets()).isEqualTo(PACKETS);
        assertNothingDropped();
    }

    @Test
    void carriesCoveredPacketsBack() throws IOException {
        setUp(LspMode.ONION);
        byte[] key = new byte[32];
        random.nextBytes(key);
        try (EgressReverse egress = new EgressReverse(LSP, egressKeys);
                IngressReverse ingress = new IngressReverse(LSP, new HopKeys[] {transitKeys}, egressKeys);
                SendEpoch epoch = new SendEpoch(1, put(key));
                ReceiveEpochs epochs = new ReceiveEpochs()) {
            epochs.add(1, put(key));
            for (int i = 0; i < PACKETS; i++) {
                int length = sealed(egress, epoch, i);
                LabelledPacket.swap(packet, reverse(atC).outEntry());
                c.device.send(next(reverse(atC)), bytes(length));
            }
            Await.until("all of them at a", () -> a.packets.size() == PACKETS);
            for (byte[] arrival : a.packets) {
                Memory.copy(arrival, 0, packet, arrival.length);
                assertThat(ingress.receive(epochs, packet)).isEqualTo(Verdict.ACCEPTED);
            }
        }
        assertThat(reverse(atB).packets()).isEqualTo(PACKETS);
        assertNothingDropped();
    }

    @Test
    void inModeFastOnlyTheLabelChanges() throws IOException {
        setUp(LspMode.FAST);
        byte[] key = new byte[32];
        try (IngressForward ingress = new IngressForward(LSP, new HopKeys[0], egressKeys);
                SendEpoch epoch = new SendEpoch(1, put(key))) {
            int length = sealed(ingress, epoch, 1);
            LabelledPacket.swap(packet, forward(atA).outEntry());
            byte[] sent = bytes(length);
            a.device.send(next(forward(atA)), sent);
            Await.until("it at c", () -> c.packets.size() == 1);
            byte[] arrived = c.packets.remove();
            assertThat(Arrays.copyOfRange(arrived, 4, arrived.length))
                    .isEqualTo(Arrays.copyOfRange(sent, 4, sent.length));
            assertThat(Arrays.copyOf(arrived, 4)).isNotEqualTo(Arrays.copyOf(sent, 4));
        }
    }

    @Test
    void aLabelMeansNothingOverAnotherAdjacency() throws IOException {
        setUp(LspMode.FAST);
        byte[] key = new byte[32];
        try (IngressForward ingress = new IngressForward(LSP, new HopKeys[0], egressKeys);
                SendEpoch epoch = new SendEpoch(1, put(key))) {
            int length = sealed(ingress, epoch, 1);
            // What b gave a, said by c.
            LabelledPacket.swap(packet, forward(atA).outEntry());
            c.device.send(next(reverse(atC)), bytes(length));
            Await.until("its drop", () -> b.device.drops(LabelDropReason.UNKNOWN_LABEL) == 1);
        }
        assertThat(c.packets).isEmpty();
        assertThat(a.packets).isEmpty();
    }

    @Test
    void messagesGoToTheConductor() throws IOException {
        setUp(LspMode.FAST);
        ChannelHeader.write(packet, ChannelHeader.RELEASE);
        a.device.send(next(forward(atA)), bytes(12));
        Await.until("the message", () -> b.messages.size() == 1);
        assertThat(Arrays.copyOf(b.messages.remove(), 12)).isEqualTo(bytes(12));
    }

    @Test
    void everythingElseIsDroppedAndCounted() throws IOException {
        setUp(LspMode.FAST);
        TunnelPeer toB = next(forward(atA));
        a.device.send(toB, new byte[] {0x45, 0, 0, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        a.device.send(toB, new byte[] {0x20, 1, 2, 3});
        a.device.send(toB, new byte[] {(byte) 0x80, 0, 1, 64, 0, 37});
        Await.until(
                "three drops",
                () -> b.device.drops(LabelDropReason.IP_ON_LINK) == 1
                        && b.device.drops(LabelDropReason.BAD_LINK_PAYLOAD) == 2);
    }

    @Test
    void aRuleSwitchesTheLabelCountsDownTheTtlAndEndsWhereOneSaysSo() throws IOException {
        setUp(LspMode.FAST);
        TunnelPeer toB = next(forward(atA));
        TunnelPeer toC = next(forward(atB));
        int in = LabelStackEntry.MIN_LABEL;
        int out = LabelStackEntry.MAX_STATIC_LABEL;
        Nhlfe<TunnelPeer, LspCiphers> swap = Nhlfe.manual(toC, out, 0);
        Nhlfe<TunnelPeer, LspCiphers> pop = Nhlfe.manualPop(0);
        boolean isSwapBound = b.with(a, (fromA, _) -> fromA.labels().bindManually(in, swap));
        boolean isPopBound = c.with(b, (fromB, _) -> fromB.labels().bindManually(out, pop));
        assertThat(isSwapBound && isPopBound).isTrue();
        for (int ttl : new int[] {64, 2, 1}) {
            LabelledPacket.push(packet, LabelStackEntry.withTtl(LabelStackEntry.of(in), ttl), 100);
            a.device.send(toB, bytes(LabelledPacket.lengthWithoutPadding(packet)));
        }
        Await.until("two of them at c", () -> pop.packets() == 2);
        Await.until("the drop of the third", () -> b.device.drops(LabelDropReason.TTL_EXPIRED) == 1);
        assertThat(swap.packets()).isEqualTo(2);
        assertThat(pop.bytes()).isEqualTo(2L * LabelledPacket.lengthWithoutPadding(packet));
        assertThat(c.packets).as("no path's").isEmpty();
    }

    /** Labels of a path over all three, as a set-up would give them. */
    private void setUp(LspMode mode) throws IOException {
        a.meet(b);
        b.meet(c);
        atA = a.with(b, (toB, now) -> a.lfib.beginIngress(toB, mode, now));
        atB = b.with(
                a,
                (fromA, now) -> Objects.requireNonNull(b.lfib.beginTransit(
                        fromA, LabelStackEntry.of(reverse(atA).inLabel()), b.neighbour(c), mode, now)));
        LspCiphers egress =
                new LspCiphers.Egress(new EgressForward(LSP, egressKeys), new EgressReverse(LSP, egressKeys));
        atC = c.with(
                b,
                (fromB, now) -> Objects.requireNonNull(c.lfib.addEgress(
                        fromB, LabelStackEntry.of(reverse(atB).inLabel()), mode, LIFETIME_SECONDS, egress, now)));
        LspCiphers transit =
                mode == LspMode.FAST ? new LspCiphers.FastTransit() : new LspCiphers.Transit(transitKeys, 0);
        b.with(a, (_, now) -> {
            b.lfib.install(atB, LabelStackEntry.of(forward(atC).inLabel()), LIFETIME_SECONDS, transit, now);
            return true;
        });
        a.with(b, (_, now) -> {
            a.lfib.install(
                    atA,
                    LabelStackEntry.of(forward(atB).inLabel()),
                    LIFETIME_SECONDS,
                    new LspCiphers.FastTransit(),
                    now);
            return true;
        });
        awaitSessions();
    }

    /** Data is dropped before there is a session; a message waits for one. */
    private void awaitSessions() {
        ChannelHeader.write(packet, ChannelHeader.LINK_TEST);
        a.device.send(next(forward(atA)), bytes(12));
        b.device.send(next(forward(atB)), bytes(12));
        Await.until("sessions", () -> b.messages.size() == 1 && c.messages.size() == 1);
        b.messages.clear();
        c.messages.clear();
    }

    /**
     * Seals an IPv4 packet of random length with the number behind its header; returns the labelled packet's length.
     */
    private int sealed(SendingEnd end, SendEpoch epoch, long number) {
        int innerLength = 28 + random.nextInt(Plaintext.MESH_MTU - 28 + 1);
        long plaintext = packet + LabelledPacket.BODY_OFFSET;
        Plaintext.putHead(plaintext, Kind.IP_PACKET, 1);
        long inner = plaintext + Plaintext.HEAD_LENGTH;
        Memory.putByte(inner, 0x45);
        Memory.putShortBe(inner + 2, innerLength);
        Memory.putLongBe(inner + 20, number);
        assertThat(end.sendUser(epoch, epoch.takeTunnelSequence(), packet, Plaintext.HEAD_LENGTH + innerLength))
                .isTrue();
        return LabelledPacket.lengthWithoutPadding(packet);
    }

    private static Nhlfe<TunnelPeer, LspCiphers> forward(Lsp<TunnelPeer, LspCiphers> lsp) {
        return Objects.requireNonNull(lsp.forward());
    }

    private static Nhlfe<TunnelPeer, LspCiphers> reverse(Lsp<TunnelPeer, LspCiphers> lsp) {
        return Objects.requireNonNull(lsp.reverse());
    }

    private static TunnelPeer next(Nhlfe<TunnelPeer, LspCiphers> entry) {
        return Objects.requireNonNull(entry.outAdjacency());
    }

    private void assertNothingDropped() {
        for (MeshNode node : new MeshNode[] {a, b, c}) {
            for (DropReason reason : DropReason.values()) {
                assertThat(node.device.drops(reason)).as(reason.name()).isZero();
            }
            for (LabelDropReason reason : LabelDropReason.values()) {
                assertThat(node.device.drops(reason)).as(reason.name()).isZero();
            }
        }
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        Memory.copy(packet, bytes, 0, length);
        return bytes;
    }

    private long randomBytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return put(bytes);
    }

    private long put(byte[] bytes) {
        long address = Memory.allocate(arena, bytes.length);
        Memory.copy(bytes, 0, address, bytes.length);
        return address;
    }
}
