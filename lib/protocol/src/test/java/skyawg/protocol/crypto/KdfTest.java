package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.digests.Blake2sDigest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC and HKDF over BLAKE2s against Bouncy Castle's, which were written for any hash. */
final class KdfTest {
    private final Kdf kdf = new Kdf();

    @Property(tries = 300)
    void hmacEqualsBouncyCastle(
            @ForAll long seed, @ForAll @IntRange(max = 150) int keyLength, @ForAll @IntRange(max = 300) int length) {
        Random random = new Random(seed);
        byte[] key = bytes(random, keyLength);
        byte[] input = bytes(random, length);
        HMac oracle = new HMac(new Blake2sDigest(256));
        oracle.init(new KeyParameter(key));
        oracle.update(input, 0, length);
        byte[] expected = new byte[32];
        oracle.doFinal(expected, 0);
        try (OffHeap memory = new OffHeap()) {
            long keyAt = memory.put(key);
            long out = memory.allocate(32);
            kdf.hmac(keyAt, keyLength, input, 0, length, out);
            assertThat(OffHeap.get(out, 32)).isEqualTo(expected);
            assertThat(OffHeap.get(keyAt, keyLength)).as("key is kept").isEqualTo(key);
        }
    }

    @Property(tries = 200)
    void kdf3EqualsHkdfWithEmptyInfo(@ForAll long seed, @ForAll @IntRange(max = 100) int length) {
        Random random = new Random(seed);
        byte[] key = bytes(random, 32);
        byte[] input = bytes(random, length);
        HKDFBytesGenerator oracle = new HKDFBytesGenerator(new Blake2sDigest(256));
        oracle.init(new HKDFParameters(input, key, new byte[0]));
        byte[] expected = new byte[96];
        oracle.generateBytes(expected, 0, 96);
        try (OffHeap memory = new OffHeap()) {
            long out = memory.allocate(96);
            kdf.kdf3(memory.put(key), memory.put(input), length, out, out + 32, out + 64);
            assertThat(OffHeap.get(out, 96)).isEqualTo(expected);
        }
    }

    @Property(tries = 50)
    void outputsMayReplaceKeyAndInput(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] key = bytes(random, 32);
        byte[] input = bytes(random, 32);
        try (OffHeap memory = new OffHeap()) {
            long expected = memory.allocate(96);
            kdf.kdf3(memory.put(key), memory.put(input), 32, expected, expected + 32, expected + 64);
            long keyAt = memory.put(key);
            long inputAt = memory.put(input);
            long third = memory.allocate(32);
            kdf.kdf3(keyAt, inputAt, 32, inputAt, keyAt, third);
            assertThat(OffHeap.get(inputAt, 32)).isEqualTo(OffHeap.get(expected, 32));
            assertThat(OffHeap.get(keyAt, 32)).isEqualTo(OffHeap.get(expected + 32, 32));
            assertThat(OffHeap.get(third, 32)).isEqualTo(OffHeap.get(expected + 64, 32));
        }
    }

    private static byte[] bytes(Random random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
