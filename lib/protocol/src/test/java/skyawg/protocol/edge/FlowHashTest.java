package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class FlowHashTest {
    @Test
    void flowsKeepTheirNumberAndFragmentsStayTogether() {
        FlowHash hash = new FlowHash(42);
        Random random = new Random(3);
        try (OffHeapPacket packet = new OffHeapPacket()) {
            String ports = "0fa0 0035 0010 0000 0000000000000000";
            String head = "4500 0024 %04x %04x 4011 0000 0a080305 08080808" + ports;
            int first = hash(hash, packet, head.formatted(random.nextInt(0x10000), 0));
            assertThat(hash(hash, packet, head.formatted(random.nextInt(0x10000), 0x4000)))
                    .isEqualTo(first);
            assertThat(hash(hash, packet, head.formatted(1, 0).replace("0fa0 0035", "0fa1 0035")))
                    .isNotEqualTo(first);
            assertThat(hash(hash, packet, head.formatted(1, 0).replace("08080808", "08080809")))
                    .isNotEqualTo(first);
            assertThat(hash(new FlowHash(43), packet, head.formatted(1, 0))).isNotEqualTo(first);
            int fragment = hash(hash, packet, head.formatted(1, 0x2000));
            assertThat(hash(hash, packet, head.formatted(1, 0x2001))).isEqualTo(fragment);
            assertThat(hash(hash, packet, head.formatted(1, 0x0002))).isEqualTo(fragment);
        }
    }

    private static int hash(FlowHash hash, OffHeapPacket packet, String hex) {
        packet.put(hex);
        return hash.of(packet.address, packet.length);
    }
}
