package skyawg.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;

final class IpHeaderTest {
    private final Arena arena = Arena.ofConfined();
    private final long packet = Memory.allocate(arena, 64);

    @AfterEach
    void free() {
        arena.close();
    }

    private static int model(byte[] bytes, int available) {
        int version = (bytes[0] & 0xf0) >> 4;
        int length;
        if (version == 4) {
            length = (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
            return available >= 20 && length >= 20 && length <= available ? length : -1;
        }
        length = 40 + ((bytes[4] & 0xff) << 8 | (bytes[5] & 0xff));
        return version == 6 && available >= 40 && length <= available ? length : -1;
    }

    @Test
    void packetLengthIsWhatTheHeaderSaysOrNothing() {
        Campaign.run("packet lengths", 50_000, seed -> {
            Random random = new Random(seed);
            byte[] bytes = new byte[64];
            random.nextBytes(bytes);
            int available = random.nextInt(random.nextBoolean() ? 64 : 70_000);
            if (random.nextInt(4) != 0) {
                bytes[0] = (byte) (random.nextBoolean() ? 0x45 : 0x60);
            }
            if (random.nextBoolean()) {
                int at = bytes[0] == 0x45 ? 2 : 4;
                int near = available - (at == 4 ? 40 : 0) + random.nextInt(5) - 2;
                bytes[at] = (byte) (near >>> 8);
                bytes[at + 1] = (byte) near;
            }
            Memory.copy(bytes, 0, packet, bytes.length);
            assertThat(IpHeader.packetLength(packet, available)).isEqualTo(model(bytes, available));
            assertThat(IpHeader.version(packet)).isEqualTo((bytes[0] & 0xff) >> 4);
            assertThat(IpHeader.v4HeaderLength(packet)).isEqualTo((bytes[0] & 0xf) * 4);
        });
    }
}
