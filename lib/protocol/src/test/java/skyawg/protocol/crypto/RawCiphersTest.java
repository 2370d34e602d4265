package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.ChaCha20ParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.wire.Memory;

/** What each {@link RawCiphers} promises, and that all of them, and the JDK's own, make the same bytes. */
final class RawCiphersTest {
    private static final byte GUARD = (byte) 0xa5;

    static List<RawCiphers> all() {
        return RawCiphers.all();
    }

    @Test
    void everyCipherLibraryOfThisMachineIsAmongThem() {
        assertThat(all().stream().map(RawCiphers::name)).contains("jdk");
        if (Libcrypto.has("OSSL_PROVIDER_query_operation")) {
            assertThat(all().stream().map(RawCiphers::name)).containsExactly("provider", "evp", "jdk");
        }
        assertThat(RawCiphers.best()).isSameAs(RawCiphers.best());
    }

    /** RFC 8439 appendix A.1, test vectors 1 and 5: block 0 of key zero and nonces zero and 2. */
    @ParameterizedTest
    @MethodSource("all")
    void firstBlocksAreThoseOfTheRfc(RawCiphers ciphers) {
        try (OffHeap memory = new OffHeap();
                StreamCipher stream = ciphers.stream(memory.allocate(32))) {
            assertThat(keyStream(memory, stream, 0, 0, 64))
                    .isEqualTo("76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
                            + "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586");
            assertThat(keyStream(memory, stream, 0, 2L << 56, 64))
                    .isEqualTo("c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
                            + "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d");
        }
    }

    /** FIPS 197 appendix B, and the block of NIST's known answers whose text is all ones under key zero. */
    @ParameterizedTest
    @MethodSource("all")
    void blocksAreThoseOfTheStandard(RawCiphers ciphers) {
        assertThat(permuted(ciphers, "2b7e151628aed2a6abf7158809cf4f3c", "3243f6a8885a308d313198a2e0370734"))
                .isEqualTo("3925841d02dc09fbdc118597196a0b32");
        assertThat(permuted(ciphers, "00000000000000000000000000000000", "ffffffffffffffffffffffffffffffff"))
                .isEqualTo("3f5b8cc9ea855a0afa7347d23e8d664e");
    }

    @Property(tries = 200)
    void allCoverLikeTheJdk(
            @ForAll long seed, @ForAll int prefix, @ForAll long rest, @ForAll @IntRange(max = 1500) int length)
            throws GeneralSecurityException {
        byte[] text = randomBytes(seed, length);
        byte[] key = randomBytes(~seed, 32);
        byte[] expected = jdkCovered(key, prefix, rest, text);
        for (RawCiphers ciphers : all()) {
            try (OffHeap memory = new OffHeap();
                    StreamCipher stream = ciphers.stream(memory.put(key))) {
                long at = memory.put(Arrays.copyOf(text, length + 8));
                Memory.fill(at + length, 8, GUARD);
                stream.xor(prefix, rest, at, length);
                assertThat(OffHeap.get(at, length)).as(ciphers.name()).isEqualTo(expected);
                stream.xor(prefix, rest, at, length);
                assertThat(OffHeap.get(at, length)).as("the same again").isEqualTo(text);
                assertThat(OffHeap.get(at + length, 8)).as("bytes behind").containsOnly(GUARD);
            }
        }
    }

    @Property(tries = 200)
    void allPermuteLikeTheJdkAndBack(@ForAll long seed) throws GeneralSecurityException {
        byte[] block = randomBytes(seed, 16);
        byte[] key = randomBytes(~seed, 16);
        Cipher jdk = Cipher.getInstance("AES/ECB/NoPadding");
        jdk.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
        byte[] expected = jdk.doFinal(block);
        for (RawCiphers ciphers : all()) {
            try (OffHeap memory = new OffHeap()) {
                long keyAddress = memory.put(key);
                long at = memory.put(Arrays.copyOf(block, 24));
                Memory.fill(at + 16, 8, GUARD);
                try (BlockPermutation permutation = ciphers.permutation(keyAddress);
                        BlockPermutation inverse = ciphers.inversePermutation(keyAddress)) {
                    permutation.apply(at);
                    assertThat(OffHeap.get(at, 16)).as(ciphers.name()).isEqualTo(expected);
                    inverse.apply(at);
                    assertThat(OffHeap.get(at, 16)).as(ciphers.name()).isEqualTo(block);
                    assertThat(OffHeap.get(at + 16, 8)).as("bytes behind").containsOnly(GUARD);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void keepTheirOwnCopyOfTheKey(RawCiphers ciphers) {
        try (OffHeap memory = new OffHeap()) {
            long key = memory.put(randomBytes(5, 32));
            long at = memory.allocate(80);
            try (StreamCipher stream = ciphers.stream(key);
                    BlockPermutation permutation = ciphers.permutation(key);
                    BlockPermutation inverse = ciphers.inversePermutation(key)) {
                stream.xor(1, 2, at, 80);
                permutation.apply(at);
                Memory.fill(key, 32, 0);
                inverse.apply(at);
                stream.xor(1, 2, at, 80);
                assertThat(OffHeap.get(at, 80)).containsOnly(0);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refuseToWorkAfterClosing(RawCiphers ciphers) {
        try (OffHeap memory = new OffHeap()) {
            long at = memory.allocate(64);
            long cells = KeyVault.liveCells();
            StreamCipher stream = ciphers.stream(at);
            BlockPermutation permutation = ciphers.permutation(at);
            stream.close();
            stream.close();
            permutation.close();
            permutation.close();
            assertThatIllegalStateException().isThrownBy(() -> stream.xor(0, 0, at, 1));
            assertThatIllegalStateException().isThrownBy(() -> permutation.apply(at));
            assertThat(KeyVault.liveCells()).isEqualTo(cells);
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void allocateNothingPerPacket(RawCiphers ciphers) {
        try (OffHeap memory = new OffHeap()) {
            long key = memory.put(randomBytes(9, 32));
            long at = memory.allocate(1500);
            try (StreamCipher stream = ciphers.stream(key);
                    BlockPermutation permutation = ciphers.permutation(key);
                    BlockPermutation inverse = ciphers.inversePermutation(key)) {
                Allocation.assertNone(5_000, () -> {
                    stream.xor(1, 2, at, 200);
                    permutation.apply(at);
                    inverse.apply(at);
                });
            }
        }
    }

    @Test
    void aCipherThatIsWrongOrAbsentIsLeftOut() {
        CipherLadder<String> ladder = new CipherLadder<>(
                "text", List.of("absent", "wrong", "right", "slow"), text -> text, text -> switch (text) {
                    case "absent" -> throw new NoClassDefFoundError("no library");
                    case "wrong" -> false;
                    default -> true;
                });
        assertThat(ladder.all()).containsExactly("right", "slow");
        assertThat(ladder.choose("")).isEqualTo("right");
        assertThat(ladder.choose("slow")).isEqualTo("slow");
        assertThatIllegalStateException()
                .isThrownBy(() -> ladder.choose("wrong"))
                .withMessageContaining("'wrong'")
                .withMessageContaining("skyawg.cipher");
    }

    private static String keyStream(OffHeap memory, StreamCipher stream, int prefix, long rest, int length) {
        long at = memory.allocate(length);
        stream.xor(prefix, rest, at, length);
        return HexFormat.of().formatHex(OffHeap.get(at, length));
    }

    private static String permuted(RawCiphers ciphers, String key, String block) {
        try (OffHeap memory = new OffHeap();
                BlockPermutation permutation =
                        ciphers.permutation(memory.put(HexFormat.of().parseHex(key)))) {
            long at = memory.put(HexFormat.of().parseHex(block));
            permutation.apply(at);
            return HexFormat.of().formatHex(OffHeap.get(at, 16));
        }
    }

    private static byte[] jdkCovered(byte[] key, int prefix, long rest, byte[] text) throws GeneralSecurityException {
        try (OffHeap memory = new OffHeap()) {
            long nonce = memory.allocate(12);
            Memory.putIntLe(nonce, prefix);
            Memory.putLongLe(nonce + 4, rest);
            Cipher jdk = Cipher.getInstance("ChaCha20");
            jdk.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "ChaCha20"),
                    new ChaCha20ParameterSpec(OffHeap.get(nonce, 12), 0));
            return jdk.doFinal(text);
        }
    }

    private static byte[] randomBytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
