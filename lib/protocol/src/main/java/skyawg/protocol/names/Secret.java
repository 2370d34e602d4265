package skyawg.protocol.names;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A 32-byte secret on its way between a file, a socket and the daemon's off-heap key store: a private key, a preshared
 * key or a header protection key. Its owner closes it as soon as it has been handed on; it is then all zero.
 *
 * <p>It never prints itself. {@link #revealBase64} and {@link #revealHex} make strings that cannot be wiped: they are
 * for output that the user asked for.
 */
public final class Secret implements AutoCloseable {
    public static final int LENGTH = 32;

    private final byte[] bytes;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes over the array: the caller must not keep it. @throws IllegalArgumentException unless there are 32 bytes */
    public static Secret owning(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has 32 bytes, not " + bytes.length);
        }
        return new Secret(bytes);
    }

    /** Reads 64 hex digits of either case. @throws IllegalArgumentException on anything else */
    public static Secret parseHex(CharSequence text) {
        if (text.length() != 2 * LENGTH) {
            throw new IllegalArgumentException("a key has 64 hex digits, not " + text.length() + " characters");
        }
        byte[] bytes = new byte[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            char high = text.charAt(2 * i);
            char low = text.charAt(2 * i + 1);
            if (!HexFormat.isHexDigit(high) || !HexFormat.isHexDigit(low)) {
                Arrays.fill(bytes, (byte) 0);
                throw new IllegalArgumentException("a key has hex digits only");
            }
            bytes[i] = (byte) (HexFormat.fromHexDigit(high) << 4 | HexFormat.fromHexDigit(low));
        }
        return new Secret(bytes);
    }

    /** Reads the canonical base64 form (44 characters). @throws IllegalArgumentException on anything else */
    public static Secret parseBase64(CharSequence text) {
        return new Secret(KeyText.decodeBase64(text));
    }

    public static Secret zero() {
        return new Secret(new byte[LENGTH]);
    }

    public Secret copy() {
        return new Secret(bytes.clone());
    }

    /** Copies the 32 bytes to {@code target}; the caller wipes the target. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, LENGTH);
    }

    public boolean isZero() {
        int sum = 0;
        for (byte b : bytes) {
            sum |= b;
        }
        return sum == 0;
    }

    public String revealBase64() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    public String revealHex() {
        return HexFormat.of().formatHex(bytes);
    }

    /** Wipes the bytes. */
    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    /** Compares in constant time. */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes, secret.bytes);
    }

    /** The same for all secrets: a hash would tell something about the bytes. */
    @Override
    public int hashCode() {
        return LENGTH;
    }

    @Override
    public String toString() {
        return "(hidden)";
    }
}
