package skyawg.control.uapi;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skyawg.protocol.names.Secret;

/** A growing run of bytes that {@code key=value} lines are written to; wiped when closed, for it holds keys. */
final class TextBuffer implements AutoCloseable {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[4096];
    private int length;

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    TextBuffer line(String key, String value) {
        return text(key).put((byte) '=').text(value).put((byte) '\n');
    }

    TextBuffer line(String key, long value) {
        return line(key, Long.toUnsignedString(value));
    }

    /** Writes the secret as 64 hex digits, without a string in between. */
    TextBuffer line(String key, Secret secret) {
        byte[] raw = new byte[Secret.LENGTH];
        try {
            secret.copyTo(raw, 0);
            text(key).put((byte) '=').reserve(2 * Secret.LENGTH);
            for (byte b : raw) {
                bytes[length++] = HEX[b >>> 4 & 0xf];
                bytes[length++] = HEX[b & 0xf];
            }
            return put((byte) '\n');
        } finally {
            Arrays.fill(raw, (byte) 0);
        }
    }

    TextBuffer end() {
        return put((byte) '\n');
    }

    void reset() {
        Arrays.fill(bytes, 0, length, (byte) 0);
        length = 0;
    }

    @Override
    public void close() {
        reset();
    }

    private TextBuffer text(String text) {
        byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
        reserve(encoded.length);
        System.arraycopy(encoded, 0, bytes, length, encoded.length);
        length += encoded.length;
        return this;
    }

    private TextBuffer put(byte b) {
        reserve(1);
        bytes[length++] = b;
        return this;
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            byte[] longer = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
            Arrays.fill(bytes, (byte) 0);
            bytes = longer;
        }
    }
}
