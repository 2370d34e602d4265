package skyawg.protocol.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.mpls.LinkPayload;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

final class BfdVectorsTest {
    @Test
    void agreesWithEveryVector() {
        int cases = 0;
        for (JsonNode vector : Vectors.own("mesh/channel.json").get("cases")) {
            JsonNode in = vector.get("in");
            if (!in.get("message").asString().equals("bfd")) {
                continue;
            }
            byte[] expected = Vectors.hex(vector.get("out"), "bytes");
            try (OffHeap memory = new OffHeap()) {
                long packet = memory.allocate(BfdPacket.LENGTH);
                write(packet, in.get("fields"));
                assertThat(OffHeap.get(packet, BfdPacket.LENGTH))
                        .as(vector.get("name").asString())
                        .isEqualTo(expected);
                compareRead(packet, in.get("fields"));
            }
            cases++;
        }
        assertThat(cases).isEqualTo(5);
    }

    private static void write(long packet, JsonNode fields) {
        BfdDiagnostic diagnostic =
                fields.get("diag").asInt() == 0 ? BfdDiagnostic.NONE : BfdDiagnostic.DETECTION_TIME_EXPIRED;
        int flags = fields.has("poll") ? BfdPacket.POLL : fields.has("final") ? BfdPacket.FINAL : 0;
        BfdPacket.write(
                packet,
                BfdState.ofCode(fields.get("sta").asInt()),
                diagnostic,
                flags,
                fields.get("mult").asInt(),
                fields.get("mine").asInt(),
                fields.get("yours").asInt(),
                fields.get("tx").asInt(),
                fields.get("rx").asInt());
    }

    private static void compareRead(long packet, JsonNode fields) {
        assertThat(BfdPacket.check(packet, BfdPacket.LENGTH)).isEqualTo(BfdVerdict.ACCEPTED);
        assertThat(LinkPayload.classify(packet, BfdPacket.LENGTH)).isEqualTo(LinkPayload.CHANNEL);
        assertThat(ChannelHeader.type(packet)).isEqualTo(ChannelHeader.BFD);
        assertThat(BfdPacket.state(packet).code()).isEqualTo(fields.get("sta").asInt());
        assertThat(BfdPacket.diagnosticCode(packet))
                .isEqualTo(fields.get("diag").asInt());
        assertThat(BfdPacket.isPoll(packet)).isEqualTo(fields.has("poll"));
        assertThat(BfdPacket.isFinal(packet)).isEqualTo(fields.has("final"));
        assertThat(BfdPacket.multiplier(packet)).isEqualTo(fields.get("mult").asInt());
        assertThat(BfdPacket.mine(packet)).isEqualTo(fields.get("mine").asInt());
        assertThat(BfdPacket.yours(packet)).isEqualTo(fields.get("yours").asInt());
        assertThat(BfdPacket.desiredTxMicros(packet)).isEqualTo(fields.get("tx").asInt());
        assertThat(BfdPacket.requiredRxMicros(packet))
                .isEqualTo(fields.get("rx").asInt());
    }
}
