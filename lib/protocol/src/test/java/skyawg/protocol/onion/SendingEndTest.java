package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/** How packets are numbered, and what is never sent. */
final class SendingEndTest {
    private final TestLsp lsp = new TestLsp(2, 2);

    @AfterEach
    void close() {
        lsp.close();
    }

    @Test
    void everyPacketTakesAPathSequenceAndUserDataTheTunnels() {
        assertNumbers(lsp.sentUser(), 0, 0);
        assertNumbers(lsp.sentControl(), OriginIv.CONTROL_SPACE | 1, 1);
        assertNumbers(lsp.sentUser(), 1, 2);
        assertThat(lsp.ingressForward.nextPathSequence()).isEqualTo(3);
    }

    @Test
    void noUserDataInEpoch0() {
        long packet = lsp.userPacket(20);
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendUser(lsp.setUp, 0, packet, 25));
        assertThat(lsp.ingressForward.nextPathSequence()).isZero();
    }

    @Test
    void userDataAndControlKeepToTheirSpaces() {
        long user = lsp.userPacket(20);
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendControl(lsp.epoch, user, 25));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> lsp.ingressForward.sendUser(lsp.epoch, OriginIv.CONTROL_SPACE, user, 25));
        Plaintext.putHeadWithAckBlock(user + LabelledPacket.BODY_OFFSET, Kind.NOTHING, 0);
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendUser(lsp.epoch, 0, user, 37));
    }

    @Test
    void nothingLargerThanTheMeshMtuIsSent() {
        long packet = lsp.userPacket(1336);
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendUser(lsp.epoch, 0, packet, 1342));
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendUser(lsp.epoch, 0, packet, 4));
        assertThat(lsp.ingressForward.sendUser(lsp.epoch, 0, packet, 1341)).isTrue();
        assertThat(LabelledPacket.lengthWithoutPadding(packet)).isEqualTo(1379);
    }

    @Test
    void anLspEndsBefore2To32Packets() {
        try (OffHeap memory = new OffHeap();
                EgressReverse last = new EgressReverse(1, new HopKeys(memory.allocate(HopKeys.LENGTH)), 0xffff_ffffL)) {
            long packet = lsp.packet();
            Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.NOTHING, 0);
            assertThat(last.sendControl(lsp.epoch, packet, 5)).isTrue();
            assertThat(last.nextPathSequence()).isEqualTo(1L << 32);
            Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.NOTHING, 0);
            assertThat(last.sendControl(lsp.epoch, packet, 5)).isFalse();
        }
    }

    /** An attacker who sees a link must not see that a packet is the next one of the same tunnel. */
    @Test
    void noLinkShowsTheStructureOfTheIv() {
        long packet = lsp.userPacket(20);
        assertThat(lsp.ingressForward.sendUser(lsp.epoch, 0, packet, 25)).isTrue();
        assertThat(looksStructured(packet)).isFalse();
        lsp.relayForward(packet);
        assertThat(looksStructured(packet)).as("on the last link").isFalse();
        packet = lsp.userPacket(20);
        assertThat(lsp.egressReverse.sendUser(lsp.epoch, 0, packet, 25)).isTrue();
        assertThat(looksStructured(packet)).as("on the egress's link").isFalse();
    }

    @Test
    void withoutTransitKeysOnlyTheEgressCountsAsInModeFast() {
        try (OffHeap memory = new OffHeap()) {
            HopKeys egress = new HopKeys(memory.allocate(HopKeys.LENGTH));
            try (IngressForward ingress = new IngressForward(TestLsp.LSP, new HopKeys[0], egress);
                    EgressForward end = new EgressForward(TestLsp.LSP, egress)) {
                long packet = lsp.userPacket(20);
                assertThat(ingress.sendUser(lsp.epoch, 0, packet, 25)).isTrue();
                LabelledPacket.swap(packet, LabelStackEntry.of(0x70001));
                LabelledPacket.swap(packet, LabelStackEntry.of(0x70002));
                assertThat(end.receive(lsp.epochs, packet)).isEqualTo(Verdict.ACCEPTED);
                assertThatIllegalArgumentException().isThrownBy(() -> ingress.sendToHop(1, packet, 37));
            }
        }
    }

    @Test
    void aTunnelsEpochIsRenewedAfter2To32Packets() {
        assertThat(lsp.epoch.isRenewalDue()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> new SendEpoch(0xffff, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new SendEpoch(-1, 0));
    }

    @Test
    void keysAreGoneAfterClosing() {
        long packet = lsp.userPacket(20);
        assertThat(lsp.ingressForward.sendUser(lsp.epoch, 0, packet, 25)).isTrue();
        lsp.transitsForward[0].close();
        lsp.transitsForward[0].close();
        assertThatIllegalStateException().isThrownBy(() -> lsp.transitsForward[0].relay(packet));
    }

    private void assertNumbers(long packet, long tunnelSequence, int pathSequence) {
        assertThat(lsp.receive(packet)).isEqualTo(Verdict.ACCEPTED);
        long iv = packet + LabelledPacket.IV_OFFSET;
        assertThat(OriginIv.epoch(iv)).isEqualTo(1);
        assertThat(OriginIv.lspNumber(iv)).isEqualTo(TestLsp.LSP);
        assertThat(OriginIv.tunnelSequence(iv)).isEqualTo(tunnelSequence);
        assertThat(OriginIv.pathSequence(iv)).isEqualTo(pathSequence);
    }

    private static boolean looksStructured(long packet) {
        return OriginIv.lspNumber(packet + LabelledPacket.IV_OFFSET) == TestLsp.LSP
                || Memory.getLongBe(packet + LabelledPacket.IV_OFFSET + 8) == 0;
    }
}
