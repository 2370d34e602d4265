package skyawg.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;

final class ChecksumTest {
    private static final int ROOM = 4096;

    private final Arena arena = Arena.ofConfined();
    private final long memory = Memory.allocate(arena, ROOM);
    private final Random random = new Random(1071);

    @AfterEach
    void free() {
        arena.close();
    }

    /** RFC 1071 as it is written: 16-bit words in network order, carries added at the end. */
    private static int model(byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i += 2) {
            int low = i + 1 < bytes.length ? bytes[i + 1] & 0xff : 0;
            sum += (bytes[i] & 0xff) << 8 | low;
        }
        while (sum >>> 16 != 0) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) sum;
    }

    @Test
    void agreesWithTheRfcForEveryLengthAndAlignment() {
        Campaign.run("checksums", 20_000, seed -> {
            random.setSeed(seed);
            byte[] bytes = new byte[random.nextInt(1600)];
            random.nextBytes(bytes);
            if (random.nextInt(4) == 0) {
                Arrays.fill(bytes, (byte) (random.nextBoolean() ? 0xff : 0));
            }
            long at = memory + random.nextInt(64);
            Memory.copy(bytes, 0, at, bytes.length);
            assertThat(Checksum.fold(Checksum.add(0, at, bytes.length))).isEqualTo(model(bytes));
            assertThat(Checksum.finish(Checksum.add(0, at, bytes.length))).isEqualTo(~model(bytes) & 0xffff);
        });
    }

    @Test
    void isTheSameInTwoStepsAtAnEvenPlace() {
        byte[] bytes = new byte[1001];
        random.nextBytes(bytes);
        Memory.copy(bytes, 0, memory, bytes.length);
        for (int cut = 0; cut <= bytes.length; cut += 2) {
            long sum = Checksum.add(Checksum.add(0, memory, cut), memory + cut, bytes.length - cut);
            assertThat(Checksum.fold(sum)).isEqualTo(model(bytes));
        }
    }

    @Test
    void pseudoHeadersHaveAddressesProtocolAndLength() {
        for (boolean isV6 : new boolean[] {false, true}) {
            byte[] packet = new byte[isV6 ? 40 : 20];
            random.nextBytes(packet);
            Memory.copy(packet, 0, memory, packet.length);
            for (int length : new int[] {8, 0x1234, 0xffff, 0x12345}) {
                byte[] addresses = isV6 ? Arrays.copyOfRange(packet, 8, 40) : Arrays.copyOfRange(packet, 12, 20);
                byte[] pseudo = Arrays.copyOf(addresses, addresses.length + 8);
                pseudo[addresses.length + 1] = (byte) (length >>> 16);
                pseudo[addresses.length + 2] = (byte) (length >>> 8);
                pseudo[addresses.length + 3] = (byte) length;
                pseudo[addresses.length + 7] = 17;
                assertThat(Checksum.fold(Checksum.pseudoHeader(memory, isV6, 17, length)))
                        .isEqualTo(model(pseudo));
            }
        }
    }
}
