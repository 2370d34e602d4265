package skyawg.protocol.record;

import java.nio.charset.StandardCharsets;

/** The name of a mesh: 1 to 63 characters of {@code a-z 0-9 - .} */
public record MeshName(String text) {
    public static final int MAX_LENGTH = 63;

    public MeshName {
        if (text.isEmpty() || text.length() > MAX_LENGTH) {
            throw new IllegalArgumentException(
                    "a mesh name has 1 to " + MAX_LENGTH + " characters, not " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isAllowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
            if (!isAllowed) {
                throw new IllegalArgumentException("a mesh name has a-z, 0-9, '-' and '.' only: '" + text + "'");
            }
        }
    }

    byte[] toBytes() {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public String toString() {
        return text;
    }
}
