package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

final class StunTemplateTest {
    private static final int HEADER_LENGTH = 20;

    @Test
    void readsAsABindingRequest() throws SignatureSyntaxException {
        SeededEntropy entropy = new SeededEntropy(1);
        Set<String> templates = new HashSet<>();
        try (OffHeap memory = new OffHeap()) {
            for (int i = 0; i < 500; i++) {
                String tags = StunTemplate.draw(entropy);
                templates.add(tags);
                SignaturePacket packet = SignaturePacket.parse(tags);
                long to = memory.allocate(packet.length());
                packet.write(to, 0, 0, entropy);
                byte[] first = OffHeap.get(to, packet.length());
                assertBindingRequest(first);
                packet.write(to, 0, 0, entropy);
                assertThat(OffHeap.get(to, packet.length())).isNotEqualTo(first);
            }
        }
        assertThat(templates).hasSizeGreaterThan(50);
    }

    /** RFC 8489 §5 and §14: header, then attributes padded to four bytes, up to the end. */
    private static void assertBindingRequest(byte[] packet) {
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        assertThat(buffer.getShort()).isEqualTo((short) 0x0001);
        assertThat(buffer.getShort()).isEqualTo((short) (packet.length - HEADER_LENGTH));
        assertThat(buffer.getInt()).isEqualTo(0x2112a442);
        buffer.position(HEADER_LENGTH);
        List<Integer> seen = new ArrayList<>();
        while (buffer.hasRemaining()) {
            int type = buffer.getShort() & 0xffff;
            int length = buffer.getShort();
            byte[] value = new byte[length];
            buffer.get(value);
            buffer.position(buffer.position() + (-length & 3));
            seen.add(type);
            assertAttribute(type, value);
        }
        assertThat(seen).startsWith(0x0006).endsWith(0x0008).contains(0x0024).doesNotHaveDuplicates();
        assertThat(seen.contains(0x8029) || seen.contains(0x802a)).isTrue();
    }

    private static void assertAttribute(int type, byte[] value) {
        switch (type) {
            case 0x0006 ->
                assertThat(new String(value, StandardCharsets.US_ASCII)).matches("[a-zA-Z]{4,8}:[a-zA-Z]{4,8}");
            case 0x0008 -> assertThat(value).hasSize(20);
            case 0x0024 -> assertThat(value).hasSize(4);
            case 0x0025 -> assertThat(value).isEmpty();
            case 0x8029, 0x802a -> assertThat(value).hasSize(8);
            default -> throw new AssertionError("attribute " + type);
        }
    }
}
