package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.BitSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/** Messages between the ingress and single transits. */
final class HopMessageTest {
    private final TestLsp lsp = new TestLsp(4, 3);

    @AfterEach
    void close() {
        lsp.close();
    }

    @Test
    void eachTransitOpensItsOwnAndTheIngressKnowsWhoseAnAnswerIs() {
        for (int hop = 1; hop <= 3; hop++) {
            long packet = echo(Kind.HOP_ECHO_REQUEST, 37, 0x1234_5678_9abc_def0L + hop);
            assertThat(lsp.ingressForward.sendToHop(hop, packet, 37)).isTrue();
            for (int passed = 1; passed < hop; passed++) {
                assertThat(lsp.transitsForward[passed - 1].relay(packet)).isEqualTo(Verdict.PASSED);
            }
            assertThat(lsp.transitsForward[hop - 1].relay(packet)).isEqualTo(Verdict.HOP_MESSAGE);
            assertThat(HopMessage.kind(packet)).isEqualTo(Kind.HOP_ECHO_REQUEST);
            assertThat(HopMessage.token(packet)).isEqualTo(0x1234_5678_9abc_def0L + hop);

            long answer = echo(Kind.HOP_ECHO_ANSWER, 101, HopMessage.token(packet));
            assertThat(sentFrom(hop, answer, 101)).isEqualTo(Verdict.HOP_MESSAGE);
            assertThat(lsp.ingressReverse.lastMessageHop()).isEqualTo(hop);
            assertThat(HopMessage.token(answer)).isEqualTo(0x1234_5678_9abc_def0L + hop);
        }
    }

    @Test
    void brokenCarriesItsReason() {
        long packet = lsp.packet();
        HopMessage.putBroken(packet, 5, 200, 60);
        assertThat(sentFrom(2, packet, 60)).isEqualTo(Verdict.HOP_MESSAGE);
        assertThat(HopMessage.kind(packet)).isEqualTo(Kind.HOP_BROKEN);
        assertThat(HopMessage.reason(packet)).isEqualTo(200);
        assertThat(Plaintext.sendTimeMicros(packet + LabelledPacket.BODY_OFFSET))
                .isEqualTo(5);
    }

    @Test
    void aRepeatOrAnOlderOneIsDroppedAtTheTransit() {
        long first = toHop1();
        long second = toHop1();
        long again = lsp.copy(second);
        assertThat(lsp.transitsForward[0].relay(second)).isEqualTo(Verdict.HOP_MESSAGE);
        assertThat(lsp.transitsForward[0].relay(again)).isEqualTo(Verdict.REPLAYED);
        assertThat(lsp.transitsForward[0].relay(first)).isEqualTo(Verdict.REPLAYED);
        assertThat(lsp.transitsForward[0].relay(toHop1())).isEqualTo(Verdict.HOP_MESSAGE);
    }

    @Test
    void aRepeatIsDroppedAtTheIngress() {
        long packet = echo(Kind.HOP_ECHO_ANSWER, 40, 1);
        assertThat(lsp.transitsReverse[0].send(packet, 40)).isTrue();
        long again = lsp.copy(packet);
        assertThat(lsp.ingressReverse.receive(lsp.epochs, packet)).isEqualTo(Verdict.HOP_MESSAGE);
        assertThat(lsp.ingressReverse.receive(lsp.epochs, again)).isEqualTo(Verdict.REPLAYED);
    }

    @Test
    void aSpoiltOneIsDroppedAndLeavesNoTrace() {
        long packet = toHop1();
        long spoilt = lsp.copy(packet);
        Memory.putByte(spoilt + 30, Memory.getByte(spoilt + 30) ^ 1);
        assertThat(lsp.transitsForward[0].relay(spoilt)).isEqualTo(Verdict.AEAD);
        assertThat(lsp.transitsForward[0].relay(packet)).isEqualTo(Verdict.HOP_MESSAGE);
    }

    @Test
    void sequencesBeginAt1AndEndBefore2To32() {
        try (OffHeap memory = new OffHeap();
                var aead = Aeads.best().create(memory.allocate(32))) {
            HopSealer last = new HopSealer(aead, 0xffff_ffffL);
            HopOpener opener = new HopOpener(aead);
            long packet = echo(Kind.HOP_ECHO_REQUEST, 37, 1);
            assertThat(last.seal(packet, 37)).isTrue();
            assertThat(opener.open(packet)).isEqualTo(Verdict.HOP_MESSAGE);
            assertThat(last.seal(packet, 37)).isFalse();

            long zero = echo(Kind.HOP_ECHO_REQUEST, 37, 1);
            assertThat(new HopSealer(aead, 0).seal(zero, 37)).isTrue();
            assertThat(new HopOpener(aead).open(zero)).isEqualTo(Verdict.REPLAYED);
        }
    }

    @Test
    void lengthsAreDrawnFromTheWholeRangeAndHeldToIt() {
        SeededEntropy entropy = new SeededEntropy(4);
        BitSet drawn = new BitSet();
        for (int i = 0; i < 5000; i++) {
            drawn.set(HopMessage.drawLength(entropy));
        }
        assertThat(drawn.stream().boxed()).hasSize(65).contains(37, 101);
        long packet = lsp.packet();
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendToHop(1, packet, 36));
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendToHop(1, packet, 102));
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendToHop(0, packet, 37));
        assertThatIllegalArgumentException().isThrownBy(() -> lsp.ingressForward.sendToHop(4, packet, 37));
    }

    @Test
    void noSecondSeesMoreThan20() {
        long now = 1_000;
        HopMessageRate rate = new HopMessageRate(now);
        long[] sent = new long[200];
        int count = 0;
        for (int i = 0; count < sent.length; i++) {
            now += 1_000_000L * (i % 7);
            if (rate.allow(now)) {
                sent[count] = now;
                count++;
            }
        }
        assertThat(sent[4] - sent[0]).as("a burst of five").isLessThan(30_000_000L);
        for (int i = 20; i < count; i++) {
            assertThat(sent[i] - sent[i - 20]).isGreaterThanOrEqualTo(1_000_000_000L);
        }
        assertThat((sent[199] - sent[0]) / 1_000_000).as("milliseconds for 200").isBetween(12_900L, 13_100L);
    }

    private long echo(int kind, int length, long token) {
        long packet = lsp.packet();
        HopMessage.putEcho(packet, kind, 77, token, length);
        return packet;
    }

    private long toHop1() {
        long packet = echo(Kind.HOP_ECHO_REQUEST, 50, 1);
        assertThat(lsp.ingressForward.sendToHop(1, packet, 50)).isTrue();
        return packet;
    }

    private Verdict sentFrom(int hop, long packet, int length) {
        assertThat(lsp.transitsReverse[hop - 1].send(packet, length)).isTrue();
        for (int passed = hop - 1; passed >= 1; passed--) {
            lsp.transitsReverse[passed - 1].relay(packet);
        }
        return lsp.ingressReverse.receive(lsp.epochs, packet);
    }
}
