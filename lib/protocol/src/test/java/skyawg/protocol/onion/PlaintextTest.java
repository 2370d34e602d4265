package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** What the two ends of a message seal and open. */
final class PlaintextTest {
    @Test
    void writesAndReadsTheRecordedOnes() {
        int ran = 0;
        for (JsonNode vector : Vectors.own("mesh/channel.json").get("cases")) {
            if (vector.get("in").get("message").asString().equals("plaintext")) {
                check(vector);
                ran++;
            }
        }
        assertThat(ran).isEqualTo(3);
    }

    private static void check(JsonNode vector) {
        JsonNode fields = vector.get("in").get("fields");
        byte[] expected = hex(vector.get("out"), "bytes");
        byte[] ack = hex(fields, "ack");
        byte[] content = hex(fields, "content");
        int kind = fields.get("kind").asInt();
        int time = fields.get("time").asInt();
        int length = Plaintext.HEAD_LENGTH
                + ack.length
                + content.length
                + fields.get("pad").asInt();
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(length);
            if (ack.length > 0) {
                Plaintext.putHeadWithAckBlock(at, kind, time);
                Memory.copy(ack, 0, at + Plaintext.HEAD_LENGTH, Plaintext.ACK_BLOCK_LENGTH);
            } else {
                Plaintext.putHead(at, kind, time);
            }
            Memory.copy(content, 0, at + Plaintext.contentOffset(at), content.length);
            assertThat(OffHeap.get(at, length)).isEqualTo(expected);
            assertThat(Plaintext.kind(at)).isEqualTo(kind);
            assertThat(Plaintext.sendTimeMicros(at)).isEqualTo(time);
            assertThat(Plaintext.hasAckBlock(at)).isEqualTo(ack.length > 0);
            assertThat(Plaintext.contentLength(at, length)).isEqualTo(content.length);
        }
    }

    @Test
    void contentMustBeWhole() {
        assertContent(Kind.NOTHING, 0, 0);
        assertContent(Kind.ECHO_REQUEST, 8, 8);
        assertContent(Kind.ECHO_REQUEST, 7, -1);
        assertContent(Kind.ECHO_ANSWER, 30, 8);
        assertContent(Kind.KEM_OFFER, 1219, -1);
        assertContent(Kind.KEM_OFFER, 1220, 1220);
        assertContent(Kind.KEM_ANSWER, 1123, -1);
        assertContent(Kind.KEM_ANSWER, 1336, 1124);
        assertContent(Kind.TUNNEL_CLOSE, 0, -1);
        assertContent(Kind.TUNNEL_CLOSE, 1, 1);
        assertContent(Kind.HOP_ECHO_REQUEST, 7, -1);
        assertContent(Kind.HOP_ECHO_ANSWER, 8, 8);
        assertContent(Kind.HOP_BROKEN, 0, -1);
        assertContent(0x55, 3, 0);
    }

    @Test
    void anAckBlockMustBeWhole() {
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(64);
            Plaintext.putHeadWithAckBlock(at, Kind.NOTHING, 0);
            assertThat(Plaintext.contentLength(at, 36)).isEqualTo(-1);
            assertThat(Plaintext.contentLength(at, 37)).isZero();
        }
    }

    @Test
    void anIpPacketIsCutByItsOwnLength() {
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(100);
            Plaintext.putHead(at, Kind.IP_PACKET, 0);
            Memory.putByte(at + 5, 0x45);
            Memory.putShortBe(at + 7, 30);
            assertThat(Plaintext.contentLength(at, 5 + 40)).isEqualTo(30);
            assertThat(Plaintext.contentLength(at, 5 + 30)).isEqualTo(30);
            assertThat(Plaintext.contentLength(at, 5 + 29)).isEqualTo(-1);
            Memory.putByte(at + 5, 0x60);
            Memory.putShortBe(at + 9, 3);
            assertThat(Plaintext.contentLength(at, 5 + 50)).isEqualTo(43);
            assertThat(Plaintext.contentLength(at, 5 + 42)).isEqualTo(-1);
            Memory.putByte(at + 5, 0x50);
            assertThat(Plaintext.contentLength(at, 5 + 50)).isEqualTo(-1);
            assertThat(Plaintext.contentLength(at, 5)).isEqualTo(-1);
        }
    }

    /** What lies behind the plaintext must not matter, or it would have been read. */
    @Property(tries = 1000)
    void contentFitsWhateverTheBytesAre(@ForAll @Size(min = 5, max = 90) byte[] bytes) {
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(bytes.length + 64);
            Memory.copy(bytes, 0, at, bytes.length);
            int length = Plaintext.contentLength(at, bytes.length);
            Memory.fill(at + bytes.length, 64, 0xff);
            assertThat(Plaintext.contentLength(at, bytes.length)).isEqualTo(length);
            assertThat(length).isBetween(-1, bytes.length - 5);
            if (length >= 0) {
                assertThat(Plaintext.contentOffset(at) + length).isLessThanOrEqualTo(bytes.length);
            }
        }
    }

    private static void assertContent(int kind, int available, int expected) {
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(Plaintext.MAX_LENGTH);
            Plaintext.putHead(at, kind, 7);
            assertThat(Plaintext.contentLength(at, Plaintext.HEAD_LENGTH + available))
                    .as("kind %d with %d bytes", kind, available)
                    .isEqualTo(expected);
        }
    }
}
