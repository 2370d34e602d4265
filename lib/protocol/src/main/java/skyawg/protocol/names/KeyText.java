package skyawg.protocol.names;

import java.util.Arrays;
import java.util.Base64;

/** The strict base64 form of a 32-byte key that {@code wg} accepts. */
final class KeyText {
    private static final int BASE64_LENGTH = 44;

    private KeyText() {}

    /**
     * Decodes 44 characters: standard alphabet, one {@code =} at the end, trailing bits zero.
     *
     * @throws IllegalArgumentException on anything else; the text is not repeated in the message, it may be a secret
     */
    static byte[] decodeBase64(String text) {
        if (text.length() != BASE64_LENGTH || text.charAt(BASE64_LENGTH - 1) != '=') {
            throw new IllegalArgumentException("key is not the correct length or format");
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("key is not the correct length or format", e);
        }
        // The JDK's decoder ignores the two bits behind the last byte; the reference does not.
        boolean canonical = bytes.length == PublicKey.LENGTH
                && Base64.getEncoder().encodeToString(bytes).equals(text);
        if (!canonical) {
            Arrays.fill(bytes, (byte) 0);
            throw new IllegalArgumentException("key is not the correct length or format");
        }
        return bytes;
    }
}
