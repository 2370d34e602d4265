package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skyawg.protocol.vectors.Vectors.hex;

import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.junit.jupiter.api.Test;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** BLAKE2s against its authors' known answers and against Bouncy Castle's. */
final class Blake2sTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Blake2s blake2s = new Blake2s();

    @Test
    void givesTheKnownAnswers() {
        int unkeyed = 0;
        int keyed = 0;
        byte[] out = new byte[32];
        for (JsonNode vector : Vectors.thirdParty("blake2/blake2s-kat.json")) {
            assertThat(vector.get("hash").asString()).isEqualTo("blake2s");
            byte[] key = hex(vector, "key");
            byte[] input = hex(vector, "in");
            if (key.length == 0) {
                blake2s.begin();
                unkeyed++;
            } else {
                blake2s.beginKeyed(32, key, 0, key.length);
                keyed++;
            }
            blake2s.update(input, 0, input.length);
            blake2s.finish(out, 0);
            assertThat(HEX.formatHex(out)).isEqualTo(vector.get("out").asString());
        }
        assertThat(unkeyed).isEqualTo(256);
        assertThat(keyed).isEqualTo(256);
    }

    @Property(tries = 300)
    void equalsBouncyCastleHoweverTheInputIsCut(
            @ForAll long seed, @ForAll @IntRange(max = 400) int length, @ForAll @IntRange(max = 32) int keyLength) {
        Random random = new Random(seed);
        byte[] input = bytes(random, length);
        byte[] key = bytes(random, keyLength);
        byte[] expected = new byte[keyLength == 0 ? 32 : 16];
        Blake2sDigest oracle = new Blake2sDigest(keyLength == 0 ? null : key, expected.length, null, null);
        oracle.update(input, 0, length);
        oracle.doFinal(expected, 0);
        try (OffHeap memory = new OffHeap()) {
            long inputAt = memory.put(input);
            long keyAt = memory.put(key);
            long out = memory.allocate(32);
            if (keyLength == 0) {
                blake2s.begin();
            } else {
                blake2s.beginMac(keyAt, keyLength);
            }
            int done = 0;
            while (done < length) {
                int part = 1 + random.nextInt(length - done);
                if (random.nextBoolean()) {
                    blake2s.update(input, done, part);
                } else {
                    blake2s.update(inputAt + done, part);
                }
                done += part;
            }
            blake2s.finish(out);
            assertThat(OffHeap.get(out, expected.length)).isEqualTo(expected);
        }
    }

    @Property(tries = 100)
    void continuesBehindAKeyTakenInOnce(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 400) int length,
            @ForAll @IntRange(min = 1, max = 32) int keyLength) {
        Random random = new Random(seed);
        byte[] key = bytes(random, keyLength);
        try (OffHeap memory = new OffHeap()) {
            long saved = memory.allocate(Blake2s.KEYED_STATE_LENGTH);
            blake2s.beginMac(key, 0, keyLength);
            blake2s.absorbKey(saved);
            for (int message = 0; message < 3; message++) {
                byte[] input = bytes(random, length);
                byte[] expected = new byte[16];
                byte[] actual = new byte[16];
                blake2s.beginMac(key, 0, keyLength);
                blake2s.update(input, 0, length);
                blake2s.finish(expected, 0);
                blake2s.resumeMac(saved);
                blake2s.update(input, 0, length);
                blake2s.finish(actual, 0);
                assertThat(actual).isEqualTo(expected);
            }
        }
    }

    @Test
    void anAbandonedHashLeavesNothingToTheNext() {
        byte[] first = new byte[32];
        byte[] second = new byte[32];
        blake2s.begin();
        blake2s.finish(first, 0);
        blake2s.beginMac(new byte[] {1, 2, 3}, 0, 3);
        blake2s.update(new byte[100], 0, 100);
        blake2s.begin();
        blake2s.finish(second, 0);
        assertThat(second).isEqualTo(first);
    }

    @Test
    void writesNoFurtherThanItsOutput() {
        byte[] out = new byte[20];
        out[1] = 77;
        out[18] = 77;
        blake2s.beginMac(new byte[16], 0, 16);
        blake2s.finish(out, 2);
        assertThat(out[1]).isEqualTo((byte) 77);
        assertThat(out[18]).isEqualTo((byte) 77);
    }

    @Test
    void refusesALongKey() {
        assertThatIllegalArgumentException().isThrownBy(() -> blake2s.beginMac(new byte[33], 0, 33));
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
