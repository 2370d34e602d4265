package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The block function one at a time and side by side. */
final class ChaCha20Test {
    private final OffHeap memory = new OffHeap();

    @AfterEach
    void freeMemory() {
        memory.close();
    }

    /** RFC 8439 §2.3.2. */
    @Test
    void givesTheBlockOfTheRfc() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        long out = memory.allocate(64);
        ChaCha20Block.block(memory.put(key), 1, 0x0900_0000, 0x4a00_0000, 0, out);
        assertThat(OffHeap.hex(out, 64))
                .isEqualTo("10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
                        + "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e");
    }

    /** draft-irtf-cfrg-xchacha §2.2.1. */
    @Test
    void givesTheSubkeyOfTheDraft() {
        byte[] key = new byte[32];
        for (int i = 0; i < key.length; i++) {
            key[i] = (byte) i;
        }
        long out = memory.allocate(32);
        ChaCha20Block.subkey(
                memory.put(key), memory.put(HexFormat.of().parseHex("000000090000004a0000000031415927")), out);
        assertThat(OffHeap.hex(out, 32)).isEqualTo("82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc");
    }

    @Property(tries = 200)
    void keyStreamEqualsBouncyCastle(@ForAll long seed, @ForAll @IntRange(max = 6) int blocks) {
        Random random = new Random(seed);
        byte[] key = new byte[32];
        byte[] nonce = new byte[12];
        random.nextBytes(key);
        random.nextBytes(nonce);
        ChaCha7539Engine oracle = new ChaCha7539Engine();
        oracle.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        byte[] expected = new byte[64 * blocks];
        oracle.processBytes(new byte[expected.length], 0, expected.length, expected, 0);
        try (OffHeap mine = new OffHeap()) {
            long out = mine.allocate(expected.length);
            ChaCha20Block.keystream(mine.put(key), mine.put(nonce), out, blocks);
            assertThat(OffHeap.get(out, expected.length)).isEqualTo(expected);
        }
    }

    @Property(tries = 200)
    void sideBySideEqualsOneByOne(@ForAll long seed, @ForAll @IntRange(max = 230) int count) {
        Random random = new Random(seed);
        byte[] key = new byte[32];
        byte[] nonces = new byte[12 * count];
        random.nextBytes(key);
        random.nextBytes(nonces);
        try (OffHeap mine = new OffHeap()) {
            long keyAt = mine.put(key);
            long noncesAt = mine.put(nonces);
            long out = mine.allocate(16 * count + 1);
            long block = mine.allocate(64);
            new ChaCha20Lanes().headers(keyAt, noncesAt, count, out);
            for (int i = 0; i < count; i++) {
                ChaCha20Block.keystream(keyAt, noncesAt + 12L * i, block, 1);
                assertThat(OffHeap.hex(out + 16L * i, 16)).isEqualTo(OffHeap.hex(block, 16));
            }
            assertThat(OffHeap.get(out + 16L * count, 1)).as("byte behind").containsExactly(0);
        }
    }
}
