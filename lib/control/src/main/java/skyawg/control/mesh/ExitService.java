package skyawg.control.mesh;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import skyawg.protocol.record.Role;

/**
 * Where a tunnel leads: {@code internet}, {@code ygg}, {@code i2p}, or {@code local:NAME}.
 *
 * @param name of a local service, else empty
 */
public record ExitService(Role role, String name) {
    public static final ExitService INTERNET = new ExitService(Role.INTERNET, "");

    private static final String LOCAL_PREFIX = "local:";
    private static final int MAX_NAME_LENGTH = 63;

    /** @throws IllegalArgumentException saying what is wrong */
    public static ExitService parse(String text) {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.startsWith(LOCAL_PREFIX)) {
            String name = word.substring(LOCAL_PREFIX.length());
            if (name.isEmpty() || name.length() > MAX_NAME_LENGTH || !isName(name)) {
                throw new IllegalArgumentException("a local service has a name of 1 to " + MAX_NAME_LENGTH
                        + " characters a-z 0-9 - . _ behind 'local:'");
            }
            return new ExitService(Role.LOCAL, name);
        }
        return switch (word) {
            case "internet" -> INTERNET;
            case "ygg" -> new ExitService(Role.YGG, "");
            case "i2p" -> new ExitService(Role.I2P, "");
            default ->
                throw new IllegalArgumentException(
                        "an exit service is internet, ygg, i2p or local:NAME, not '" + text + "'");
        };
    }

    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isAllowed = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
            if (!isAllowed) {
                return false;
            }
        }
        return true;
    }

    /** As a request has it: 1 internet, 2 ygg, 3 i2p, 4 local. */
    public int number() {
        return Integer.numberOfTrailingZeros(role.bit());
    }

    /** As a request has it: the first 8 bytes of SHA-256(NAME); 0 unless local. */
    public long nameHash() {
        if (name.isEmpty()) {
            return 0;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
            return ByteBuffer.wrap(hash).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        String word = role.name().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? word : word + ":" + name;
    }
}
