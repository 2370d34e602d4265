package skyawg.awg.check;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import skyawg.control.config.ConfigLine;
import skyawg.protocol.obfuscation.Parameter;

/**
 * A file as lines. A byte-order mark is taken off, any line end is accepted.
 *
 * @param hasByteOrderMark whether there was one
 */
public record ConfigText(List<Line> lines, boolean hasByteOrderMark) {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    /**
     * One line.
     *
     * @param number counted from 1
     * @param text as written, without its end
     * @param content what counts of it; null when it is empty or a comment
     */
    public record Line(int number, String text, @Nullable ConfigLine content) {
        boolean isSection(String name) {
            return content != null && content.value() == null && content.key().equalsIgnoreCase("[" + name + "]");
        }

        boolean isSecret() {
            return switch (lowerCaseKey()) {
                case "privatekey", "presharedkey", "headerprotectionkey" -> true;
                default -> false;
            };
        }

        /** The key of a secret as the file format spells it. */
        public String spelledKey() {
            ConfigKey key = ConfigKey.of(lowerCaseKey());
            return key == null ? Parameter.HEADER_PROTECTION_KEY.configKey() : key.spelling();
        }

        /** The key in lower case, empty when there is none. */
        String lowerCaseKey() {
            return content == null || content.value() == null
                    ? ""
                    : content.key().toLowerCase(Locale.ROOT);
        }
    }

    /** The first line with a secret in it, null when there is none. */
    public @Nullable Line firstSecret() {
        for (Line line : lines) {
            if (line.isSecret()) {
                return line;
            }
        }
        return null;
    }

    /** The file for a terminal: secrets, and what could be one, replaced by {@code (hidden)}. */
    public String withoutSecrets() {
        StringBuilder file = new StringBuilder();
        for (Line line : lines) {
            if (line.isSecret()) {
                file.append(line.spelledKey()).append(" = (hidden)\n");
            } else if (!line.lowerCaseKey().equals("publickey") && ValueCheck.mayHoldKey(line.text())) {
                file.append("# (hidden)\n");
            } else {
                file.append(line.text()).append('\n');
            }
        }
        return file.toString();
    }

    public static ConfigText of(String file) {
        boolean hasMark = file.startsWith(BYTE_ORDER_MARK);
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new StringReader(hasMark ? file.substring(1) : file))) {
            String text;
            while ((text = reader.readLine()) != null) {
                lines.add(new Line(lines.size() + 1, text, ConfigLine.of(text)));
            }
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
        return new ConfigText(List.copyOf(lines), hasMark);
    }
}
