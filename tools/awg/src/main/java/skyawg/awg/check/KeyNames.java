package skyawg.awg.check;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.obfuscation.Parameter;

/** Names of keys: which are known, which were meant, and which may be repeated to a person. */
final class KeyNames {
    static final String UNNAMED = "?";

    private static final int LONGEST_NAME = 24;
    private static final int NEAR = 2;

    private KeyNames() {}

    static @Nullable Parameter parameter(String lowerCaseKey) {
        for (Parameter parameter : Parameter.values()) {
            if (parameter.configKey().equalsIgnoreCase(lowerCaseKey)) {
                return parameter;
            }
        }
        return null;
    }

    /** Keys that only drafts of version 1.5 had: {@code J1} to {@code J3}, {@code Itime}. */
    static boolean isOfDraft(String lowerCaseKey) {
        return switch (lowerCaseKey) {
            case "j1", "j2", "j3", "itime" -> true;
            default -> false;
        };
    }

    /** The name, or {@link #UNNAMED} for what may be a piece of a secret. */
    static String printable(String name) {
        if (name.length() > LONGEST_NAME) {
            return UNNAMED;
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c > 0x7e || (!Character.isLetterOrDigit(c) && "[]_-".indexOf(c) < 0)) {
                return UNNAMED;
            }
        }
        return name.isEmpty() ? UNNAMED : name;
    }

    /** The known key that differs by one or two letters, null when there is none. */
    static @Nullable String nearest(String name) {
        if (name.length() < 3 || name.length() > LONGEST_NAME) {
            return null;
        }
        String lower = name.toLowerCase(Locale.ROOT);
        String nearest = null;
        int distance = Math.min(NEAR, name.length() / 3) + 1;
        for (ConfigKey key : ConfigKey.values()) {
            int other = distance(lower, key.spelling().toLowerCase(Locale.ROOT));
            if (other < distance) {
                distance = other;
                nearest = key.spelling();
            }
        }
        for (Parameter parameter : Parameter.values()) {
            int other = distance(lower, parameter.configKey().toLowerCase(Locale.ROOT));
            if (other < distance) {
                distance = other;
                nearest = parameter.configKey();
            }
        }
        return nearest;
    }

    /** How many letters must be put in, taken out or exchanged (Levenshtein 1965). */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int exchanged = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(exchanged, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
