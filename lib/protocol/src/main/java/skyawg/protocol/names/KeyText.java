package skyawg.protocol.names;

import java.util.Arrays;

/**
 * The strict base64 form of a 32-byte key: 43 characters of the standard alphabet and one {@code =}, the two bits
 * behind the last byte zero. The text may be a secret, so it is decoded without a table or a branch that depends on it,
 * no copy of it is made and no message repeats it.
 */
final class KeyText {
    private static final int LENGTH = 44;
    private static final int DIGITS = 43;
    private static final int BITS_A_DIGIT = 6;

    private KeyText() {}

    /** @throws IllegalArgumentException on anything else */
    static byte[] decodeBase64(CharSequence text) {
        if (text.length() != LENGTH || text.charAt(DIGITS) != '=') {
            throw notAKey();
        }
        byte[] bytes = new byte[PublicKey.LENGTH];
        int pending = 0;
        int pendingBits = 0;
        int wrong = 0;
        int position = 0;
        for (int i = 0; i < DIGITS; i++) {
            int digit = digit(text.charAt(i));
            wrong |= digit;
            pending = pending << BITS_A_DIGIT | (digit & 0x3f);
            pendingBits += BITS_A_DIGIT;
            if (pendingBits >= Byte.SIZE) {
                pendingBits -= Byte.SIZE;
                bytes[position++] = (byte) (pending >>> pendingBits);
            }
        }
        int spareBits = pending & 3;
        if (wrong < 0 || spareBits != 0) {
            Arrays.fill(bytes, (byte) 0);
            throw notAKey();
        }
        return bytes;
    }

    /** 0 to 63, or -1 for a character that is none of the alphabet. */
    private static int digit(int c) {
        int digit = -1;
        digit += within(c, 'A', 'Z') & (c - 'A' + 1);
        digit += within(c, 'a', 'z') & (c - 'a' + 27);
        digit += within(c, '0', '9') & (c - '0' + 53);
        digit += within(c, '+', '+') & 63;
        digit += within(c, '/', '/') & 64;
        return digit;
    }

    /** All ones when {@code low <= c <= high}, else zero. */
    private static int within(int c, int low, int high) {
        return ~((c - low) >> 31 | (high - c) >> 31);
    }

    private static IllegalArgumentException notAKey() {
        return new IllegalArgumentException("key is not the correct length or format");
    }
}
