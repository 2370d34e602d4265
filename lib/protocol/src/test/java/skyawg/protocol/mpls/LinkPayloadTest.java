package skyawg.protocol.mpls;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.wire.Memory;

final class LinkPayloadTest {
    private static final int LONGEST = 1500;

    /** What lies behind the payload must not matter: it is the next packet's. */
    @Property(tries = 2000)
    void readsNothingBehindThePayload(@ForAll @Size(max = 60) byte[] bytes) {
        try (OffHeap memory = new OffHeap()) {
            long payload = memory.allocate(bytes.length + 16);
            Memory.copy(bytes, 0, payload, bytes.length);
            LinkPayload first = LinkPayload.classify(payload, bytes.length);
            Memory.fill(payload + bytes.length, 16, 0xff);
            assertThat(LinkPayload.classify(payload, bytes.length)).isEqualTo(first);
        }
    }

    @Property(tries = 1000)
    void everyPacketThatIsPushedIsALabel(
            @ForAll @IntRange(min = LabelStackEntry.MIN_LABEL, max = LabelStackEntry.MAX_LABEL) int label,
            @ForAll @IntRange(min = 21, max = 1357) int bodyLength,
            @ForAll @IntRange(max = 40) int padding) {
        try (OffHeap memory = new OffHeap()) {
            long packet = memory.allocate(LONGEST);
            LabelledPacket.push(packet, LabelStackEntry.of(label), bodyLength);
            int length = LabelledPacket.BODY_OFFSET + bodyLength;
            assertThat(LinkPayload.classify(packet, length + padding)).isEqualTo(LinkPayload.LABEL);
            assertThat(LinkPayload.classify(packet, length - 1)).isEqualTo(LinkPayload.BAD_LENGTH);
            assertThat(LabelledPacket.label(packet)).isEqualTo(label);
            assertThat(LabelledPacket.bodyLength(packet)).isEqualTo(bodyLength);
            int other = LabelStackEntry.MAX_LABEL - (label - LabelStackEntry.MIN_LABEL);
            LabelledPacket.swap(packet, LabelStackEntry.of(other));
            assertThat(LabelledPacket.label(packet)).isEqualTo(other);
            assertThat(LabelledPacket.bodyLength(packet)).isEqualTo(bodyLength);
        }
    }

    /** Every first byte, against the table of the specification. */
    @Test
    void firstByteDecides() {
        try (OffHeap memory = new OffHeap()) {
            long payload = memory.allocate(100);
            for (int first = 0; first <= 0xff; first++) {
                Memory.fill(payload, 100, 0);
                LabelledPacket.push(payload, 1 << 8 | 1, 60);
                Memory.putByte(payload, first);
                LinkPayload expected = first == 0
                        ? LinkPayload.KEEPALIVE
                        : first == 0x10
                                ? LinkPayload.CHANNEL
                                : first >= 0x70
                                        ? LinkPayload.LABEL
                                        : first >>> 4 == 4 || first >>> 4 == 6
                                                ? LinkPayload.IP
                                                : LinkPayload.UNKNOWN_FIRST_BYTE;
                assertThat(LinkPayload.classify(payload, 100))
                        .as("first byte %02x", first)
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void namesTheReasonOfADrop() {
        try (OffHeap memory = new OffHeap()) {
            long payload = memory.allocate(100);
            LabelledPacket.push(payload, LabelStackEntry.of(0x80000), 60);
            assertThat(LinkPayload.classify(payload, 42)).isEqualTo(LinkPayload.BAD_LENGTH);
            LabelStackEntry.write(payload, LabelStackEntry.of(0x80000) & ~0x100);
            assertThat(LinkPayload.classify(payload, 100)).isEqualTo(LinkPayload.DEEPER_STACK);
            LabelStackEntry.write(payload, LabelStackEntry.of(0x80000) & ~0xff);
            assertThat(LinkPayload.classify(payload, 100)).isEqualTo(LinkPayload.TTL_ZERO);
            LabelStackEntry.write(payload, (LabelStackEntry.of(0x80000) & ~0xff) | 1);
            assertThat(LinkPayload.classify(payload, 100)).isEqualTo(LinkPayload.LABEL);
            ChannelHeader.write(payload, ChannelHeader.RELEASE);
            assertThat(LinkPayload.classify(payload, 3)).isEqualTo(LinkPayload.BAD_CHANNEL_HEADER);
            Memory.putByte(payload + 1, 1);
            assertThat(LinkPayload.classify(payload, 12)).isEqualTo(LinkPayload.BAD_CHANNEL_HEADER);
        }
    }

    /** A stack entry never looks like another kind of payload, whatever its traffic class. */
    @Test
    void entryHasLabelTcSAndTtl() {
        int entry = LabelStackEntry.of(0x7abcd);
        assertThat(entry).isEqualTo(0x7abcd140);
        assertThat(LabelStackEntry.trafficClass(entry | 5 << 9)).isEqualTo(5);
        assertThat(LabelStackEntry.isBindable(entry)).isTrue();
        assertThat(LabelStackEntry.isBindable(LabelStackEntry.of(0x6ffff))).isFalse();
        assertThat(LabelStackEntry.isBindable(LabelStackEntry.of(0xfffff))).isTrue();
        assertThat(LabelStackEntry.isBindable(entry & ~0x100)).isFalse();
        assertThat(LabelStackEntry.isBindable(0)).isFalse();
    }

    /** Random bytes into everything that reads a payload: no exception, no answer outside of its range. */
    @Test
    void readersBearAnyBytes() {
        SeededEntropy random = new SeededEntropy(0x4d504c53);
        try (OffHeap memory = new OffHeap()) {
            long payload = memory.allocate(LONGEST);
            long labels = 0;
            for (long i = Campaign.size("link payloads", 200_000); i > 0; i--) {
                int length = (int) random.uniform(0, LONGEST);
                random.fill(payload, Math.min(length, 32));
                if (LinkPayload.classify(payload, length) == LinkPayload.LABEL) {
                    labels++;
                    assertThat(LabelledPacket.bodyLength(payload)).isBetween(21, 1357);
                    assertThat(LabelledPacket.lengthWithoutPadding(payload)).isLessThanOrEqualTo(length);
                }
                if (ReleaseMessage.isWellFormed(payload, length)) {
                    assertThat(ReleaseMessage.label(payload)).isGreaterThanOrEqualTo(LabelStackEntry.MIN_LABEL);
                    assertThat(ReleaseMessage.reasonCode(payload)).isBetween(0, 255);
                }
            }
            assertThat(labels).isPositive();
        }
    }

    @Test
    void reasonsHaveTheirNumbers() {
        for (ReleaseReason reason : ReleaseReason.values()) {
            assertThat(ReleaseReason.ofCode(reason.code())).isEqualTo(reason);
        }
        assertThat(ReleaseReason.LIMIT.code()).isEqualTo(7);
        assertThat(ReleaseReason.ofCode(0)).isNull();
        assertThat(ReleaseReason.ofCode(8)).isNull();
    }
}
