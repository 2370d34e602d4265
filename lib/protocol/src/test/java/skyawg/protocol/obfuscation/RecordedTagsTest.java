package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Signature packet texts against what the reference made of them, and against its samples. */
final class RecordedTagsTest {
    private final OffHeap memory = new OffHeap();
    private final JsonNode recorded = Vectors.own("awg/tags.json");

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    @Test
    void readsAndWritesAsRecorded() throws SignatureSyntaxException {
        int ran = 0;
        for (JsonNode vector : recorded.get("cases")) {
            check(vector.get("spec").asString(), vector);
            ran++;
        }
        assertThat(ran).isEqualTo(38);
    }

    private void check(String text, JsonNode vector) throws SignatureSyntaxException {
        switch (text) {
            case "<c>" -> // taken with the kernel module's meaning, where the recorded program refuses it
                assertThat(SignaturePacket.parse(text).hasCounter()).isTrue();
            case "<r 70000>" -> // taken by the recorded program, which then cannot send it
                assertThatThrownBy(() -> SignaturePacket.parse(text)).hasMessageContaining("a datagram takes 65507");
            default -> checkAsRecorded(text, vector);
        }
    }

    private void checkAsRecorded(String text, JsonNode vector) throws SignatureSyntaxException {
        String result = vector.get("result").asString();
        if (result.equals("error")) {
            assertThatThrownBy(() -> SignaturePacket.parse(text)).isInstanceOf(SignatureSyntaxException.class);
            return;
        }
        SignaturePacket packet = SignaturePacket.parse(text);
        assertThat(packet.isAbsent()).as(text).isEqualTo(result.equals("unset"));
        if (packet.isAbsent()) {
            assertThat(packet.length()).isZero();
            return;
        }
        assertThat(packet.length()).as(text).isEqualTo(vector.get("length").asInt());
        long to = memory.allocate(packet.length());
        long time = recorded.get("sampled_at_unix").asLong();
        assertThat(packet.write(to, time, 0, new SeededEntropy(7))).isEqualTo(packet.length());
        byte[] written = OffHeap.get(to, packet.length());
        for (JsonNode sample : vector.get("samples")) {
            assertLikeSample(packet, written, HexFormat.of().parseHex(sample.asString()), text);
        }
    }

    /** All samples were taken in one second, so that the time in them, which stands last, is as fixed as the rest. */
    private static void assertLikeSample(SignaturePacket packet, byte[] written, byte[] sample, String text) {
        assertThat(written).as(text).hasSameSizeAs(sample);
        int timeFrom = text.contains("<t") ? sample.length - 4 : sample.length;
        for (int i = 0; i < sample.length; i++) {
            if (packet.fixedByte(i) >= 0 || i >= timeFrom) {
                assertThat(written[i]).as(text + " byte " + i).isEqualTo(sample[i]);
            }
        }
    }
}
