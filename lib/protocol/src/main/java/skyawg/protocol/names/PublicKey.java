package skyawg.protocol.names;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** An X25519 public key: 32 bytes, base64 to people and in files, lower-case hex on the UAPI socket. */
public final class PublicKey {
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private PublicKey(byte[] bytes) {
        this.bytes = bytes;
    }

    /** @throws IllegalArgumentException unless there are 32 bytes */
    public static PublicKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a public key has 32 bytes, not " + bytes.length);
        }
        return new PublicKey(bytes.clone());
    }

    /** Reads 64 hex digits of either case. @throws IllegalArgumentException on anything else */
    public static PublicKey parseHex(String text) {
        if (text.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("a public key has 64 hex digits, not " + text.length() + " characters");
        }
        return new PublicKey(HexFormat.of().parseHex(text));
    }

    /**
     * Reads the canonical base64 form: 43 characters and one {@code =}, trailing bits zero.
     *
     * @throws IllegalArgumentException on anything else
     */
    public static PublicKey parseBase64(String text) {
        return new PublicKey(KeyText.decodeBase64(text));
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    public String toBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public String toHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** True when this key equals the 32 bytes at {@code offset}. Public keys need no constant time. */
    public boolean matches(byte[] other, int offset) {
        return Arrays.equals(bytes, 0, LENGTH, other, offset, offset + LENGTH);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PublicKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return toBase64();
    }
}
