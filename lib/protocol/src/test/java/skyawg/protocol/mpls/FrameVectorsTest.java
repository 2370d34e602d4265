package skyawg.protocol.mpls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** What the payload of a link is, and the parts of a data packet. */
final class FrameVectorsTest {
    @Test
    void agreesWithEveryVector() {
        Map<String, Integer> casesByKind = new TreeMap<>();
        for (JsonNode vector : Vectors.own("mesh/frames.json").get("cases")) {
            String name = vector.get("name").asString();
            JsonNode out = vector.get("out");
            byte[] bytes = Vectors.hex(vector.get("in"), "payload");
            try (OffHeap memory = new OffHeap()) {
                long payload = memory.put(bytes);
                LinkPayload kind = LinkPayload.classify(payload, bytes.length);
                String said = kind.isDropped() ? "drop" : kind.name().toLowerCase(Locale.ROOT);
                assertThat(said).as(name).isEqualTo(out.get("kind").asString());
                casesByKind.merge(said, 1, Integer::sum);
                if (kind == LinkPayload.CHANNEL) {
                    assertThat(ChannelHeader.type(payload))
                            .isEqualTo(out.get("type").asInt());
                } else if (kind == LinkPayload.LABEL) {
                    compareParts(payload, bytes.length, out);
                }
            }
        }
        assertThat(casesByKind)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("keepalive", 2, "ip", 2, "label", 4, "channel", 1, "drop", 9));
    }

    private static void compareParts(long packet, int length, JsonNode out) {
        int entry = LabelStackEntry.read(packet);
        assertThat(LabelStackEntry.label(entry)).isEqualTo(out.get("label").asInt());
        assertThat(LabelledPacket.label(packet)).isEqualTo(out.get("label").asInt());
        assertThat(LabelStackEntry.trafficClass(entry)).isEqualTo(out.get("tc").asInt());
        assertThat(LabelStackEntry.ttl(entry)).isEqualTo(out.get("ttl").asInt());
        assertThat(OffHeap.hex(packet + LabelledPacket.IV_OFFSET, LabelledPacket.IV_LENGTH))
                .isEqualTo(out.get("iv").asString());
        int body = LabelledPacket.bodyLength(packet);
        assertThat(OffHeap.hex(packet + LabelledPacket.BODY_OFFSET, body))
                .isEqualTo(out.get("body").asString());
        assertThat(LabelledPacket.lengthWithoutPadding(packet))
                .isEqualTo(LabelledPacket.BODY_OFFSET + body)
                .isLessThanOrEqualTo(length);
    }
}
