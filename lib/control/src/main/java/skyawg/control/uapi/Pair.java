package skyawg.control.uapi;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import skyawg.control.socket.LineReader;
import skyawg.protocol.names.Secret;

/**
 * One {@code key=value} line, read from the reader's buffer without keeping it: a secret is taken from the bytes, other
 * values become strings. Valid until the next line is read.
 */
final class Pair {
    /** How much of a value an error message repeats. */
    private static final int QUOTED_LENGTH = 60;

    private final byte[] line;
    private final int equals;
    private final int end;
    private final String key;

    private Pair(byte[] line, int equals, int end) {
        this.line = line;
        this.equals = equals;
        this.end = end;
        this.key = new String(line, 0, equals, StandardCharsets.ISO_8859_1);
    }

    /**
     * Splits at the first {@code =}; one carriage return at the end is dropped.
     *
     * @throws UapiException EPROTO when there is none
     */
    static Pair of(LineReader lines) throws UapiException {
        byte[] line = lines.bytes();
        int end = lines.length();
        if (end > 0 && line[end - 1] == '\r') {
            end--;
        }
        for (int i = 0; i < end; i++) {
            if (line[i] == '=') {
                return new Pair(line, i, end);
            }
        }
        throw new UapiException(Errno.EPROTO, "line has no '='");
    }

    String key() {
        return key;
    }

    /** @throws UapiException EINVAL when the value is not UTF-8 or holds control characters */
    String text() throws UapiException {
        boolean ascii = true;
        for (int i = equals + 1; i < end; i++) {
            if (line[i] < 0) {
                ascii = false;
            } else if (line[i] < 0x20 || line[i] == 0x7f) {
                throw invalid("value holds a control character");
            }
        }
        if (ascii) {
            return new String(line, equals + 1, end - equals - 1, StandardCharsets.ISO_8859_1);
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(line, equals + 1, end - equals - 1))
                    .toString();
        } catch (CharacterCodingException e) {
            throw invalid("value is not UTF-8");
        }
    }

    /** Reads 64 hex digits; all zero is unset. */
    Secret secret() throws UapiException {
        try {
            return Secret.parseHex(new Digits(line, equals + 1, end - equals - 1));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** Reads {@code true}, the only value of a flag. */
    boolean flag() throws UapiException {
        if (!text().equals("true")) {
            throw invalid("only 'true' has a meaning here");
        }
        return true;
    }

    /** EINVAL, naming the key. */
    UapiException invalid(String reason) {
        return new UapiException(Errno.EINVAL, quote(key) + ": " + reason);
    }

    /** A text from outside as it may be repeated in an error: short, one line, printable. */
    static String quote(String text) {
        StringBuilder quoted = new StringBuilder();
        for (int i = 0; i < text.length() && i < QUOTED_LENGTH; i++) {
            char c = text.charAt(i);
            quoted.append(c < 0x20 || c >= 0x7f ? '?' : c);
        }
        return text.length() > QUOTED_LENGTH ? quoted.append("...").toString() : quoted.toString();
    }

    /** A view of bytes as characters, so that a secret need not become a string. */
    private static final class Digits implements CharSequence {
        private final byte[] bytes;
        private final int offset;
        private final int length;

        Digits(byte[] bytes, int offset, int length) {
            this.bytes = bytes;
            this.offset = offset;
            this.length = length;
        }

        @Override
        public int length() {
            return length;
        }

        @Override
        public char charAt(int index) {
            return (char) (bytes[offset + index] & 0xff);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Digits(bytes, offset + start, end - start);
        }

        @Override
        public String toString() {
            return "(hidden)";
        }
    }
}
