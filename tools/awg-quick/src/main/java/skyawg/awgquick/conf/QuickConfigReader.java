package skyawg.awgquick.conf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import skyawg.awgquick.exec.FailureException;

/**
 * Takes the quick keys out of {@code [Interface]} and copies every other line, comments and unknown keys too, without
 * the blanks around it.
 *
 * <p>Lines are read as Latin-1, so that any bytes come out as they went in; only a hook's text is UTF-8.
 */
public final class QuickConfigReader {
    private final List<String> addresses = new ArrayList<>();
    private final List<String> dnsServers = new ArrayList<>();
    private final List<String> searchDomains = new ArrayList<>();
    private final List<String> preUp = new ArrayList<>();
    private final List<String> postUp = new ArrayList<>();
    private final List<String> preDown = new ArrayList<>();
    private final List<String> postDown = new ArrayList<>();
    private String mtu = "";
    private String table = "";
    private boolean saveConfig;
    private boolean inInterface;

    private QuickConfigReader() {}

    /** @throws FailureException when SaveConfig is neither true nor false */
    public static QuickConfig read(byte[] file) throws FailureException {
        return new QuickConfigReader().readLines(file);
    }

    private QuickConfig readLines(byte[] file) throws FailureException {
        byte[] rest = new byte[file.length + 1];
        int restLength = 0;
        int from = 0;
        while (from < file.length) {
            int to = from;
            while (to < file.length && file[to] != '\n') {
                to++;
            }
            int start = from;
            int end = to;
            while (start < end && isBlank(file[start])) {
                start++;
            }
            while (end > start && isBlank(file[end - 1])) {
                end--;
            }
            if (!take(file, start, end)) {
                System.arraycopy(file, start, rest, restLength, end - start);
                restLength += end - start;
                rest[restLength++] = '\n';
            }
            from = to + 1;
        }
        byte[] exact = Arrays.copyOf(rest, restLength);
        Arrays.fill(rest, (byte) 0);
        return new QuickConfig(
                addresses,
                mtu,
                dnsServers,
                searchDomains,
                table,
                new QuickConfig.Hooks(preUp, postUp, preDown, postDown),
                saveConfig,
                new QuickConfig.Rest(exact));
    }

    /** @return true when the line is ours */
    private boolean take(byte[] file, int start, int end) throws FailureException {
        int comment = indexOf(file, '#', start, end);
        int equals = indexOf(file, '=', start, comment);
        String key = trimmed(file, start, equals);
        if (key.startsWith("[")) {
            inInterface = key.equalsIgnoreCase("[Interface]");
            return false;
        }
        // Without "=" the whole line is both key and value.
        return inInterface && take(key, file, equals == comment ? start : equals + 1, comment);
    }

    private boolean take(String key, byte[] file, int start, int end) throws FailureException {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "address" -> addresses.addAll(items(trimmed(file, start, end)));
            case "mtu" -> mtu = trimmed(file, start, end);
            case "dns" -> takeDns(trimmed(file, start, end));
            case "table" -> table = trimmed(file, start, end);
            case "preup" -> preUp.add(utf8(file, start, end));
            case "postup" -> postUp.add(utf8(file, start, end));
            case "predown" -> preDown.add(utf8(file, start, end));
            case "postdown" -> postDown.add(utf8(file, start, end));
            case "saveconfig" -> saveConfig = isTrue(trimmed(file, start, end));
            default -> {
                return false;
            }
        }
        return true;
    }

    private void takeDns(String value) {
        for (String item : items(value)) {
            (isServer(item) ? dnsServers : searchDomains).add(item);
        }
    }

    private static boolean isServer(String item) {
        if (item.indexOf(':') >= 0) {
            return true;
        }
        for (int i = 0; i < item.length(); i++) {
            char c = item.charAt(i);
            if (c != '.' && (c < '0' || c > '9')) {
                return false;
            }
        }
        return true;
    }

    private static boolean isTrue(String value) throws FailureException {
        if (value.equalsIgnoreCase("true")) {
            return true;
        }
        if (value.equalsIgnoreCase("false")) {
            return false;
        }
        throw FailureException.because("`" + value + "' is neither true nor false");
    }

    private static List<String> items(String value) {
        List<String> items = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= value.length(); i++) {
            if (i == value.length() || value.charAt(i) == ',' || isSpace(value.charAt(i))) {
                if (i > from) {
                    items.add(value.substring(from, i));
                }
                from = i + 1;
            }
        }
        return items;
    }

    private static String trimmed(byte[] file, int start, int end) {
        int[] range = trim(file, start, end);
        return new String(file, range[0], range[1] - range[0], StandardCharsets.ISO_8859_1);
    }

    private static String utf8(byte[] file, int start, int end) {
        int[] range = trim(file, start, end);
        return new String(file, range[0], range[1] - range[0], StandardCharsets.UTF_8);
    }

    private static int[] trim(byte[] file, int start, int end) {
        int from = start;
        int to = end;
        while (from < to && isSpace((char) file[from])) {
            from++;
        }
        while (to > from && isSpace((char) file[to - 1])) {
            to--;
        }
        return new int[] {from, to};
    }

    /** @return {@code end} when the character is not there */
    private static int indexOf(byte[] file, char wanted, int start, int end) {
        for (int i = start; i < end; i++) {
            if (file[i] == wanted) {
                return i;
            }
        }
        return end;
    }

    /** What a shell's {@code read} takes off a line. */
    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    /** The C locale's white space. */
    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
