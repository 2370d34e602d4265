package skyawg.protocol.mpls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Release and link test. The other cases of the file belong to BFD and to what goes from end to end. */
final class ChannelVectorsTest {
    @Test
    void agreesWithEveryVectorOfItsMessages() {
        Map<String, Integer> casesByMessage = new TreeMap<>();
        for (JsonNode vector : Vectors.own("mesh/channel.json").get("cases")) {
            JsonNode in = vector.get("in");
            JsonNode fields = in.get("fields");
            String message = in.get("message").asString();
            casesByMessage.merge(message, 1, Integer::sum);
            try (OffHeap memory = new OffHeap()) {
                byte[] expected = Vectors.hex(vector.get("out"), "bytes");
                long written = memory.allocate(expected.length);
                if (message.equals("release")) {
                    writeRelease(written, fields);
                } else if (message.equals("link_test")) {
                    writeLinkTest(written, fields);
                } else {
                    continue;
                }
                assertThat(OffHeap.get(written, expected.length)).isEqualTo(expected);
                assertThat(LinkPayload.classify(written, expected.length)).isEqualTo(LinkPayload.CHANNEL);
            }
        }
        assertThat(casesByMessage)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("bfd", 5, "release", 1, "link_test", 2, "ack_block", 1, "plaintext", 3));
    }

    private static void writeRelease(long message, JsonNode fields) {
        int label = fields.get("label").asInt();
        int reason = fields.get("reason").asInt();
        ReleaseMessage.write(message, LabelStackEntry.of(label), reason);
        assertThat(ReleaseMessage.isWellFormed(message, ReleaseMessage.LENGTH)).isTrue();
        assertThat(ReleaseMessage.label(message)).isEqualTo(label);
        assertThat(ReleaseMessage.reasonCode(message)).isEqualTo(reason);
        assertThat(ReleaseReason.ofCode(reason)).isEqualTo(ReleaseReason.LINK_DOWN);
    }

    private static void writeLinkTest(long message, JsonNode fields) {
        long token = Long.parseUnsignedLong(fields.get("token").asString(), 16);
        boolean isAsk = fields.get("op").asInt() == 1;
        if (isAsk) {
            LinkTestMessage.writeAsk(message, token);
        } else {
            LinkTestMessage.writeAnswer(message, token);
        }
        assertThat(LinkTestMessage.isAsk(message, LinkTestMessage.LENGTH)).isEqualTo(isAsk);
        assertThat(LinkTestMessage.isAnswer(message, LinkTestMessage.LENGTH)).isEqualTo(!isAsk);
        assertThat(LinkTestMessage.token(message)).isEqualTo(token);
        assertThat(LinkTestMessage.isAsk(message, LinkTestMessage.LENGTH - 1)).isFalse();
        assertThat(LinkTestMessage.isAnswer(message, LinkTestMessage.LENGTH - 1))
                .isFalse();
    }
}
