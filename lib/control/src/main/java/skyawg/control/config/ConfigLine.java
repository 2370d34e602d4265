package skyawg.control.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One line of a file, cut into what counts: no comment, no white space. {@code Private Key = x # y} is
 * {@code PrivateKey=x}. Only in the values of I1 to I5 inner white space stays: tags need it.
 *
 * @param key what stands before the first {@code =}, or the whole line where there is none
 * @param value what stands behind it; null where there is no {@code =}
 */
public record ConfigLine(String key, @Nullable String value) {
    static final String HIDDEN = "(hidden)";

    /** A key has 43 letters and one {@code =}; a few may have been lost. */
    private static final int KEY_LIKE_LENGTH = 36;

    /** @return null for a line without content */
    public static @Nullable ConfigLine of(String line) {
        int comment = line.indexOf('#');
        String content = comment < 0 ? line : line.substring(0, comment);
        int equals = content.indexOf('=');
        if (equals < 0) {
            String key = squeeze(content);
            return key.isEmpty() ? null : new ConfigLine(key, null);
        }
        String key = squeeze(content.substring(0, equals));
        String value = content.substring(equals + 1);
        return new ConfigLine(key, isSignature(key) ? trim(value) : squeeze(value));
    }

    /** True for {@code [name]}, whatever the case. */
    boolean isSection(String name) {
        return value == null
                && key.length() == name.length() + 2
                && key.startsWith("[")
                && key.endsWith("]")
                && key.regionMatches(true, 1, name, 0, name.length());
    }

    /** The line as an error quotes it, without anything that is a secret or looks like a key under a misspelt name. */
    String quoted() {
        if (value == null) {
            return withoutKeys(key);
        }
        if (isSecret(key) && !value.isEmpty()) {
            return key + "=" + HIDDEN;
        }
        return key + "=" + (key.equalsIgnoreCase("PublicKey") ? value : withoutKeys(value));
    }

    /** The text without anything that looks like a key, for errors. */
    public static String withoutKeys(String text) {
        StringBuilder shown = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            while (to < text.length() && isBase64(text.charAt(to))) {
                to++;
            }
            shown.append(to - from < KEY_LIKE_LENGTH ? text.substring(from, to) : HIDDEN);
            if (to < text.length()) {
                shown.append(text.charAt(to));
            }
            from = to + 1;
        }
        return shown.toString();
    }

    private static boolean isBase64(char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    }

    static boolean isSecret(String key) {
        return switch (key.toLowerCase(Locale.ROOT)) {
            case "privatekey", "presharedkey", "headerprotectionkey" -> true;
            default -> false;
        };
    }

    private static boolean isSignature(String key) {
        return key.length() == 2
                && (key.charAt(0) == 'I' || key.charAt(0) == 'i')
                && key.charAt(1) >= '1'
                && key.charAt(1) <= '5';
    }

    private static String squeeze(String text) {
        int i = 0;
        while (i < text.length() && !isSpace(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return text;
        }
        StringBuilder squeezed = new StringBuilder(text.length());
        for (i = 0; i < text.length(); i++) {
            if (!isSpace(text.charAt(i))) {
                squeezed.append(text.charAt(i));
            }
        }
        return squeezed.toString();
    }

    private static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && isSpace(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /** White space of the C locale. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
