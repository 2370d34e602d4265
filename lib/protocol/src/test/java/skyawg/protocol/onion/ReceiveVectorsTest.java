package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Map;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.vectors.Vectors;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** The last step of either end on recorded packets: accepted with its parts, or the first check that fails. */
final class ReceiveVectorsTest {
    @Test
    void everyPacketIsJudgedAsRecorded() {
        int accepted = 0;
        int dropped = 0;
        for (JsonNode vector : Vectors.own("mesh/receive.json").get("cases")) {
            try (OffHeap memory = new OffHeap()) {
                Verdict verdict = judge(memory, vector);
                if (verdict.isGood()) {
                    accepted++;
                } else {
                    dropped++;
                }
            }
        }
        assertThat(accepted).isEqualTo(4);
        assertThat(dropped).isEqualTo(18);
    }

    private static Verdict judge(OffHeap memory, JsonNode vector) {
        JsonNode in = vector.get("in");
        JsonNode out = vector.get("out");
        VectorKeys keys = new VectorKeys(memory, in.get("hop_keys"));
        byte[] body = hex(in, "body");
        long packet = memory.allocate(LabelledPacket.BODY_OFFSET + body.length);
        LabelledPacket.putBodyLength(packet, body.length);
        Memory.copy(hex(in, "iv"), 0, packet + LabelledPacket.IV_OFFSET, LabelledPacket.IV_LENGTH);
        Memory.copy(body, 0, packet + LabelledPacket.BODY_OFFSET, body.length);
        try (ReceiveEpochs epochs = new ReceiveEpochs();
                ReceivingEnd end = end(in, keys)) {
            for (Map.Entry<String, JsonNode> key : in.get("tunnel_keys").properties()) {
                epochs.add(Integer.parseInt(key.getKey()), memory.put(hex(in.get("tunnel_keys"), key.getKey())));
            }
            Verdict verdict = end.receive(epochs, packet);
            assertThat(verdict).as(vector.get("name").asString()).isEqualTo(expected(out));
            if (verdict == Verdict.ACCEPTED) {
                assertThat(VectorKeys.iv(packet)).isEqualTo(hex(out, "origin_iv"));
                assertThat(VectorKeys.plaintext(packet)).isEqualTo(hex(out, "plaintext"));
            }
            return verdict;
        }
    }

    private static ReceivingEnd end(JsonNode in, VectorKeys keys) {
        int lsp = in.get("lsp").asInt();
        return switch (in.get("direction").asString()) {
            case "forward" -> new EgressForward(lsp, keys.egress());
            case "reverse" -> new IngressReverse(lsp, keys.transits(), keys.egress());
            default -> throw new AssertionError("unknown direction: " + in);
        };
    }

    private static Verdict expected(JsonNode out) {
        return switch (out.get("result").asString()) {
            case "accept" -> Verdict.ACCEPTED;
            case "drop: LSP number" -> Verdict.LSP_NUMBER;
            case "drop: epoch" -> Verdict.EPOCH;
            case "drop: AEAD" -> Verdict.AEAD;
            case "drop: sequence space" -> Verdict.SEQUENCE_SPACE;
            case "drop: user data in epoch 0" -> Verdict.USER_DATA_IN_EPOCH_0;
            default -> throw new AssertionError("unknown result: " + out);
        };
    }
}
