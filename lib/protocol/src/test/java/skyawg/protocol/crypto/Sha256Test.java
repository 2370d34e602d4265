package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** SHA-256 against the JDK's. */
final class Sha256Test {
    private final Sha256 sha256 = new Sha256();

    @Test
    void equalsTheJdkAtEveryLengthOfFourBlocks() throws NoSuchAlgorithmException {
        Random random = new Random(1);
        for (int length = 0; length <= 4 * Sha256.BLOCK_LENGTH; length++) {
            byte[] input = new byte[length];
            random.nextBytes(input);
            byte[] out = new byte[40];
            sha256.begin();
            sha256.update(input, 0, length);
            sha256.finish(out, 8);
            assertThat(Arrays.copyOfRange(out, 8, 40))
                    .as(length + " bytes")
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(input));
        }
    }

    @Property(tries = 300)
    void takesInputInAnyPieces(@ForAll long seed, @ForAll @IntRange(max = 1000) int length)
            throws NoSuchAlgorithmException {
        Random random = new Random(seed);
        byte[] input = new byte[length];
        random.nextBytes(input);
        try (OffHeap memory = new OffHeap()) {
            long inputAt = memory.put(input);
            long out = memory.allocate(32);
            sha256.begin();
            for (int done = 0; done < length; ) {
                int part = 1 + random.nextInt(Math.min(200, length - done));
                if (random.nextBoolean()) {
                    sha256.update(input, done, part);
                } else {
                    sha256.update(inputAt + done, part);
                }
                done += part;
            }
            sha256.finish(out);
            assertThat(OffHeap.get(out, 32))
                    .isEqualTo(MessageDigest.getInstance("SHA-256").digest(input));
        }
    }
}
