package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChecksumUpdateTest {
    @Test
    void checksumsAgreeWithOnesComputedAnew() {
        Random random = new Random(9);
        for (int i = 0; i < 100_000; i++) {
            int a = 1 + random.nextInt(0xffff); // a sum of nothing but zeros has two checksums
            int b = random.nextInt(0x10000);
            int c = random.nextInt(0x10000);
            int before = ~fold(a + b) & 0xffff;
            int after = ~fold(a + c) & 0xffff;
            assertThat(ChecksumUpdate.updated(before, ChecksumUpdate.ofWord(b, c)))
                    .isEqualTo(after);
        }
    }

    private static int fold(int sum) {
        return (sum & 0xffff) + (sum >>> 16);
    }
}
