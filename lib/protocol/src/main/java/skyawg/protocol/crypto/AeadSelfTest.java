package skyawg.protocol.crypto;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import skyawg.protocol.wire.Memory;

/**
 * What a cipher must get right before it is trusted: the message of RFC 8439 §2.4.2 (key 00..1f, nonce
 * 000000000000004a00000000), whose ciphertext the RFC gives; the tag over it, without additional data, was worked out
 * from §2.8 with another library.
 */
final class AeadSelfTest {
    static final int SCRATCH_LENGTH = 512;

    private static final long COUNTER = 0x4a00_0000L;
    private static final byte[] TEXT = ("Ladies and Gentlemen of the class of '99: If I could offer you only one tip "
                    + "for the future, sunscreen would be it.")
            .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] SEALED = HexFormat.of()
            .parseHex("6e2e359a2568f98041ba0728dd0d6981e97e7aec1d4360c20a27afccfd9fae0b"
                    + "f91b65c5524733ab8f593dabcd62b3571639d624e65152ab8f530c359f0861d8"
                    + "07ca0dbf500d6a6156a38e088a22b65e52bc514d16ccf806818ce91ab7793736"
                    + "5af90bbf74a35be6b40b8eedf2785e42874d81db63fcb189a03121ae0ac72a3f1f36");
    private static final int LENGTH = TEXT.length;

    private AeadSelfTest() {}

    /** @param scratch {@link #SCRATCH_LENGTH} bytes */
    static boolean passes(Aead aead, long scratch) {
        return sealsApart(aead, scratch)
                && opensInPlace(aead, scratch)
                && sealsPaddingInPlace(aead, scratch)
                && refusesForgery(aead, scratch);
    }

    private static boolean sealsApart(Aead aead, long scratch) {
        Memory.copy(TEXT, 0, scratch, LENGTH);
        aead.seal(COUNTER, scratch, LENGTH, 0, scratch + SCRATCH_LENGTH / 2);
        return holds(scratch + SCRATCH_LENGTH / 2, SEALED) && holds(scratch, TEXT);
    }

    private static boolean opensInPlace(Aead aead, long scratch) {
        Memory.copy(SEALED, 0, scratch, SEALED.length);
        return aead.open(COUNTER, scratch, SEALED.length, scratch) && holds(scratch, TEXT);
    }

    /** Padding is the same as zeros in the text. */
    private static boolean sealsPaddingInPlace(Aead aead, long scratch) {
        int zeros = 30;
        Memory.copy(TEXT, 0, scratch, LENGTH);
        aead.seal(COUNTER, scratch, LENGTH, zeros, scratch);
        boolean sealed = holds(scratch, Arrays.copyOf(SEALED, LENGTH));
        return sealed
                && aead.open(COUNTER, scratch, LENGTH + zeros + Aead.TAG_LENGTH, scratch)
                && holds(scratch, Arrays.copyOf(TEXT, LENGTH + zeros));
    }

    private static boolean refusesForgery(Aead aead, long scratch) {
        for (int changed : new int[] {0, LENGTH - 1, LENGTH, SEALED.length - 1}) {
            Memory.copy(SEALED, 0, scratch, SEALED.length);
            Memory.putByte(scratch + changed, SEALED[changed] ^ 1);
            if (aead.open(COUNTER, scratch, SEALED.length, scratch)) {
                return false;
            }
        }
        Memory.copy(SEALED, 0, scratch, SEALED.length);
        return !aead.open(COUNTER + 1, scratch, SEALED.length, scratch)
                && !aead.open(COUNTER, scratch, Aead.TAG_LENGTH - 1, scratch);
    }

    private static boolean holds(long address, byte[] expected) {
        byte[] actual = new byte[expected.length];
        Memory.copy(address, actual, 0, actual.length);
        return Arrays.equals(actual, expected);
    }
}
