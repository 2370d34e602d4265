package skyawg.protocol.crypto;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import skyawg.protocol.wire.Memory;

/**
 * What ciphers must get right before they are trusted: the message of RFC 8439 §2.4.2, which starts at block 1 and so
 * stands behind 64 zero bytes here (key 00..1f, nonce 000000000000004a00000000), and the block of FIPS 197 appendix C.1
 * (key 00..0f), both ways.
 */
final class RawCipherSelfTest {
    private static final int NONCE_PREFIX = 0;
    private static final long NONCE_REST = 0x4a00_0000L;
    private static final byte[] TEXT = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                    + "for the future, sunscreen would be it.")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] COVERED = HexFormat.of()
            .parseHex("6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b"
                    + "f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
                    + "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736"
                    + "5af90bbf74a35be6b40b8eedf2785e42874d");
    private static final int BLOCK = ChaCha20Block.LENGTH;

    private static final byte[] PLAIN_BLOCK = HexFormat.of().parseHex("00112233445566778899aabbccddeeff");
    private static final byte[] PERMUTED_BLOCK = HexFormat.of().parseHex("69c4e0d86a7b0430d8cdb78070b4c55a");

    private RawCipherSelfTest() {}

    static boolean passes(RawCiphers candidate) {
        long key = KeyVault.allocate();
        try (Arena arena = Arena.ofConfined()) {
            for (int i = 0; i < KeyVault.KEY_LENGTH; i++) {
                Memory.putByte(key + i, i);
            }
            long scratch = Memory.allocate(arena, BLOCK + TEXT.length);
            try (StreamCipher stream = candidate.stream(key);
                    BlockPermutation permutation = candidate.permutation(key);
                    BlockPermutation inverse = candidate.inversePermutation(key)) {
                return covers(stream, scratch) && permutes(permutation, inverse, scratch);
            }
        } finally {
            KeyVault.release(key);
        }
    }

    private static boolean covers(StreamCipher stream, long scratch) {
        Memory.copy(TEXT, 0, scratch + BLOCK, TEXT.length);
        stream.xor(NONCE_PREFIX, NONCE_REST, scratch, BLOCK + TEXT.length);
        boolean covered = holds(scratch + BLOCK, COVERED);
        stream.xor(NONCE_PREFIX, NONCE_REST, scratch, BLOCK + TEXT.length);
        return covered && holds(scratch + BLOCK, TEXT) && holds(scratch, new byte[BLOCK]);
    }

    private static boolean permutes(BlockPermutation permutation, BlockPermutation inverse, long scratch) {
        Memory.copy(PLAIN_BLOCK, 0, scratch, PLAIN_BLOCK.length);
        permutation.apply(scratch);
        boolean permuted = holds(scratch, PERMUTED_BLOCK);
        inverse.apply(scratch);
        return permuted && holds(scratch, PLAIN_BLOCK);
    }

    private static boolean holds(long address, byte[] expected) {
        byte[] actual = new byte[expected.length];
        Memory.copy(address, actual, 0, actual.length);
        return Arrays.equals(actual, expected);
    }
}
