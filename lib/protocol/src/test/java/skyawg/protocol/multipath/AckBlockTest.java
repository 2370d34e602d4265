package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

final class AckBlockTest {
    @Test
    void agreesWithTheRecordedBlocks() {
        int blocks = 0;
        int withinPlaintexts = 0;
        for (JsonNode example : Vectors.own("mesh/channel.json").get("cases")) {
            JsonNode in = example.get("in");
            JsonNode fields = in.get("fields");
            String message = in.get("message").asString();
            if (message.equals("ack_block")) {
                checkFields(fields, Vectors.hex(example.get("out"), "bytes"));
                blocks++;
            } else if (message.equals("plaintext")
                    && !fields.get("ack").asString().isEmpty()) {
                byte[] plaintext = Vectors.hex(example.get("out"), "bytes");
                byte[] block =
                        Arrays.copyOfRange(plaintext, Plaintext.HEAD_LENGTH, Plaintext.HEAD_LENGTH + AckBlock.LENGTH);
                assertThat(HexFormat.of().formatHex(block))
                        .isEqualTo(fields.get("ack").asString());
                assertThat(rewritten(block)).isEqualTo(block);
                withinPlaintexts++;
            }
        }
        assertThat(blocks).isEqualTo(1);
        assertThat(withinPlaintexts).isEqualTo(1);
    }

    private static void checkFields(JsonNode fields, byte[] expected) {
        try (Arena arena = Arena.ofConfined()) {
            long block = Memory.allocate(arena, AckBlock.LENGTH);
            long bitmap = new BigInteger(fields.get("bitmap").asString()).longValue();
            AckBlock.write(
                    block,
                    number(fields, "lsp"),
                    number(fields, "highest"),
                    number(fields, "sent"),
                    number(fields, "received"),
                    number(fields, "packets"),
                    number(fields, "byte_count"),
                    bitmap);
            byte[] written = new byte[AckBlock.LENGTH];
            Memory.copy(block, written, 0, written.length);
            assertThat(written).isEqualTo(expected);
            assertThat(AckBlock.lspNumber(block)).isEqualTo(number(fields, "lsp"));
            assertThat(AckBlock.highest(block)).isEqualTo(number(fields, "highest"));
            assertThat(AckBlock.sentMicros(block)).isEqualTo(number(fields, "sent"));
            assertThat(AckBlock.receivedMicros(block)).isEqualTo(number(fields, "received"));
            assertThat(AckBlock.packets(block)).isEqualTo(number(fields, "packets"));
            assertThat(AckBlock.bytes(block)).isEqualTo(number(fields, "byte_count"));
            assertThat(AckBlock.bitmap(block)).isEqualTo(bitmap);
        }
    }

    private static int number(JsonNode fields, String name) {
        return (int) fields.get(name).asLong();
    }

    /** Any bytes but the reserved ones come back as they were. */
    @Property(tries = 2000)
    void readingAndWritingIsTheIdentity(@ForAll @Size(AckBlock.LENGTH) byte[] bytes) {
        byte[] expected = bytes.clone();
        expected[2] = 0;
        expected[3] = 0;
        assertThat(rewritten(bytes)).isEqualTo(expected);
    }

    private static byte[] rewritten(byte[] bytes) {
        try (Arena arena = Arena.ofConfined()) {
            long from = Memory.allocate(arena, AckBlock.LENGTH);
            long to = Memory.allocate(arena, AckBlock.LENGTH + 1);
            Memory.copy(bytes, 0, from, bytes.length);
            Memory.fill(to, AckBlock.LENGTH + 1, 0x77);
            AckBlock.write(
                    to,
                    AckBlock.lspNumber(from),
                    AckBlock.highest(from),
                    AckBlock.sentMicros(from),
                    AckBlock.receivedMicros(from),
                    AckBlock.packets(from),
                    AckBlock.bytes(from),
                    AckBlock.bitmap(from));
            assertThat(Memory.getByte(to + AckBlock.LENGTH)).isEqualTo((byte) 0x77);
            byte[] written = new byte[AckBlock.LENGTH];
            Memory.copy(to, written, 0, written.length);
            return written;
        }
    }
}
