package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.wire.Memory;

/** Any packet over any path comes out as it went in; any bytes are judged, and nothing around them is touched. */
final class OnionPropertiesTest {
    private static final byte GUARD = (byte) 0xa5;

    @Property(tries = 150)
    void whatIsSentIsReceivedBothWays(
            @ForAll @IntRange(min = 1, max = 6) int hops,
            @ForAll @IntRange(min = 20, max = 1336) int length,
            @ForAll @IntRange(max = 1336) int padding,
            @ForAll long seed) {
        int plaintextLength = Math.min(Plaintext.MAX_LENGTH, Plaintext.HEAD_LENGTH + length + padding);
        try (TestLsp lsp = new TestLsp(hops, seed)) {
            long forward = lsp.userPacket(length);
            byte[] plaintext = OffHeap.get(forward + LabelledPacket.BODY_OFFSET, plaintextLength);
            assertThat(lsp.ingressForward.sendUser(lsp.epoch, seed >>> 1, forward, plaintextLength))
                    .isTrue();
            lsp.relayForward(forward);
            assertThat(lsp.receive(forward)).isEqualTo(Verdict.ACCEPTED);
            assertThat(VectorKeys.plaintext(forward)).isEqualTo(plaintext);

            long reverse = lsp.userPacket(length);
            plaintext = OffHeap.get(reverse + LabelledPacket.BODY_OFFSET, plaintextLength);
            assertThat(lsp.egressReverse.sendUser(lsp.epoch, (seed >>> 1) ^ 1, reverse, plaintextLength))
                    .isTrue();
            lsp.relayReverse(reverse);
            assertThat(lsp.ingressReverse.receive(lsp.epochs, reverse)).isEqualTo(Verdict.ACCEPTED);
            assertThat(VectorKeys.plaintext(reverse)).isEqualTo(plaintext);
        }
    }

    /** A bit changed on any link is found by the receiving end, wherever it is. */
    @Property(tries = 300)
    void aChangedBitIsNeverAccepted(@ForAll @IntRange(max = 60) int where, @ForAll @IntRange(max = 7) int bit) {
        try (TestLsp lsp = new TestLsp(3, 4)) {
            long packet = lsp.userPacket(20);
            assertThat(lsp.ingressForward.sendUser(lsp.epoch, 0, packet, 25)).isTrue();
            int length = LabelledPacket.lengthWithoutPadding(packet);
            int at = LabelledPacket.IV_OFFSET + where % (length - LabelledPacket.IV_OFFSET);
            for (TransitForward transit : lsp.transitsForward) {
                Memory.putByte(packet + at, Memory.getByte(packet + at) ^ (1 << bit));
                assertThat(transit.relay(packet)).isEqualTo(Verdict.PASSED);
                if (at >= LabelledPacket.BODY_OFFSET) {
                    break;
                }
            }
            assertThat(lsp.receive(packet)).isIn(Verdict.LSP_NUMBER, Verdict.EPOCH, Verdict.AEAD);
        }
    }

    @Property(tries = 150)
    void anyBytesAreJudgedByEveryNode(
            @ForAll long seed, @ForAll @IntRange(max = 1450) int available, @ForAll boolean isWellFormed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[available];
        random.nextBytes(bytes);
        try (TestLsp lsp = new TestLsp(1 + random.nextInt(6), seed);
                OffHeap memory = new OffHeap()) {
            for (int node = 0; node < 4; node++) {
                long packet = memory.allocate(available + 64);
                Memory.fill(packet, available + 64L, GUARD);
                Memory.copy(bytes, 0, packet, available);
                if (isWellFormed && available >= 43) {
                    LabelledPacket.swap(packet, LabelStackEntry.of(0x70000));
                    Memory.putShortBe(
                            packet + LabelledPacket.LENGTH_OFFSET, Math.min(LabelledPacket.MAX_LENGTH, available - 6));
                }
                if (LinkPayload.classify(packet, available) == LinkPayload.LABEL) {
                    int length = LabelledPacket.lengthWithoutPadding(packet);
                    byte[] padding = OffHeap.get(packet + length, available - length);
                    byte[] head = OffHeap.get(packet, LabelledPacket.IV_OFFSET);
                    switch (node) {
                        case 0 -> assertThat(lsp.receive(packet)).isIn(Verdict.LSP_NUMBER, Verdict.EPOCH, Verdict.AEAD);
                        case 1 ->
                            assertThat(lsp.ingressReverse.receive(lsp.epochs, packet))
                                    .isIn(Verdict.LSP_NUMBER, Verdict.EPOCH, Verdict.AEAD);
                        case 2 -> lsp.relayForward(packet);
                        default -> lsp.relayReverse(packet);
                    }
                    assertThat(OffHeap.get(packet + length, available - length))
                            .as("padding")
                            .isEqualTo(padding);
                    assertThat(OffHeap.get(packet, LabelledPacket.IV_OFFSET)).isEqualTo(head);
                }
                assertThat(OffHeap.get(packet + available, 64))
                        .as("bytes behind")
                        .containsOnly(GUARD);
            }
        }
    }
}
