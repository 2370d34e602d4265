package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/** What an end refuses behind the tag, and that nothing refused leaves a trace. */
final class ReceivingEndTest {
    private final TestLsp lsp = new TestLsp(3, 1);

    @AfterEach
    void close() {
        lsp.close();
    }

    @Test
    void userDataIsAcceptedOnce() {
        long packet = lsp.sentUser();
        long again = lsp.copy(packet);
        assertThat(lsp.receive(packet)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(again)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void controlIsAcceptedOnce() {
        long packet = lsp.sentControl();
        long again = lsp.copy(packet);
        assertThat(lsp.receive(packet)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(again)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void userDataMayLag65535TunnelSequences() {
        long oldest = lsp.sentUser(100_000 - 65_535);
        long tooOld = lsp.sentUser(100_000 - 65_536);
        assertThat(lsp.receive(lsp.sentUser(100_000))).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(oldest)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(lsp.copy(tooOld))).isNotEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void controlMayLag1023PathSequences() {
        long tooOld = lsp.sentControl();
        long oldest = lsp.sentControl();
        for (int i = 0; i < 1022; i++) {
            lsp.sentControl();
        }
        assertThat(lsp.receive(lsp.sentControl())).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(oldest)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(tooOld)).isEqualTo(Verdict.REPLAYED);
    }

    /** User data counts in the tunnel, control on the path: neither moves the other's window. */
    @Test
    void windowsAreApart() {
        long control = lsp.sentControl();
        for (int i = 0; i < 1500; i++) {
            assertThat(lsp.receive(lsp.sentUser())).isEqualTo(Verdict.ACCEPTED);
        }
        assertThat(lsp.receive(control)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void aCopyIsToldFromARepeat() {
        long first = lsp.sentUser(5);
        long copy = lsp.sentUser(5);
        long copyAgain = lsp.copy(copy);
        assertThat(lsp.receive(first)).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(copy)).isEqualTo(Verdict.DUPLICATE);
        assertThat(lsp.receive(copyAgain)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void aForgeryDoesNotMoveTheWindow() {
        long newest = lsp.sentUser(1_000_000);
        long spoilt = lsp.copy(newest);
        int tag = LabelledPacket.lengthWithoutPadding(spoilt) - 1;
        Memory.putByte(spoilt + tag, Memory.getByte(spoilt + tag) ^ 1);
        assertThat(lsp.receive(spoilt)).isEqualTo(Verdict.AEAD);
        assertThat(lsp.receive(lsp.sentUser(3))).isEqualTo(Verdict.ACCEPTED);
        assertThat(lsp.receive(newest)).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void contentThatIsCutLeavesNoTrace() {
        long packet = lsp.userPacket(21);
        assertThat(lsp.ingressForward.sendUser(lsp.epoch, 9, packet, 25)).isTrue();
        lsp.relayForward(packet);
        assertThat(lsp.receive(packet)).isEqualTo(Verdict.CONTENT);
        assertThat(lsp.receive(lsp.sentUser(9))).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void controlMustCarryItsPathSequence() {
        long packet = lsp.packet();
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.NOTHING, 1);
        long iv = packet + LabelledPacket.IV_OFFSET;
        OriginIv.put(iv, 1, TestLsp.LSP, OriginIv.CONTROL_SPACE | 4, 5);
        lsp.epoch.seal(packet, 5);
        lsp.ingressForward.wrap(packet);
        lsp.relayForward(packet);
        assertThat(lsp.receive(packet)).isEqualTo(Verdict.SEQUENCE_SPACE);
    }

    @Test
    void anEpochLastsAsLongAsItIsThere() {
        long before = lsp.sentUser();
        long after = lsp.sentUser();
        assertThat(lsp.receive(before)).isEqualTo(Verdict.ACCEPTED);
        lsp.epochs.remove(1);
        lsp.epochs.remove(1);
        assertThat(lsp.receive(after)).isEqualTo(Verdict.EPOCH);
    }

    @Test
    void eachEpochHasAWindowOfItsOwn() {
        assertThat(lsp.receive(lsp.sentUser(0))).isEqualTo(Verdict.ACCEPTED);
        try (OffHeap memory = new OffHeap();
                SendEpoch next = new SendEpoch(2, memory.allocate(32))) {
            lsp.epochs.add(2, memory.allocate(32));
            long packet = lsp.userPacket(20);
            assertThat(lsp.ingressForward.sendUser(next, next.takeTunnelSequence(), packet, 25))
                    .isTrue();
            lsp.relayForward(packet);
            assertThat(lsp.receive(packet)).isEqualTo(Verdict.ACCEPTED);
            assertThat(OriginIv.tunnelSequence(packet + LabelledPacket.IV_OFFSET))
                    .isZero();
        }
    }

    @Test
    void epochsAreFewAndDifferent() {
        try (OffHeap memory = new OffHeap()) {
            long key = memory.allocate(32);
            assertThatIllegalArgumentException().isThrownBy(() -> lsp.epochs.add(1, key));
            assertThatIllegalArgumentException().isThrownBy(() -> lsp.epochs.add(0xffff, key));
            assertThatIllegalArgumentException().isThrownBy(() -> lsp.epochs.add(-1, key));
            lsp.epochs.add(2, key);
            lsp.epochs.add(0xfffe, key);
            assertThatIllegalStateException().isThrownBy(() -> lsp.epochs.add(3, key));
        }
    }

    @Test
    void numbersOfLspsHaveTheirRange() {
        try (OffHeap memory = new OffHeap()) {
            HopKeys keys = new HopKeys(memory.allocate(HopKeys.LENGTH));
            assertThatIllegalArgumentException().isThrownBy(() -> new EgressForward(0, keys));
            assertThatIllegalArgumentException().isThrownBy(() -> new EgressForward(65536, keys));
            assertThatIllegalArgumentException().isThrownBy(() -> new EgressReverse(0, keys));
            new EgressForward(65535, keys).close();
        }
    }
}
