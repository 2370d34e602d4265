package skyawg.awgquick.conf;

import java.util.ArrayList;
import java.util.List;

/** Puts the quick keys back in front of what {@code awg showconf} prints: the text of a saved config file. */
public final class SavedConfig {
    private static final String SECTION = "[Interface]\n";

    private SavedConfig() {}

    /**
     * @param config as the file says now
     * @param addresses of the interface now
     * @param dns values in force now, servers and search domains
     * @param mtu of the interface now; written only when the file sets one
     * @param shown what {@code awg showconf} prints
     */
    public static String text(QuickConfig config, List<String> addresses, List<String> dns, String mtu, String shown) {
        StringBuilder lines = new StringBuilder(SECTION);
        addAll(lines, "Address", addresses);
        addAll(lines, "DNS", dns);
        if (!config.mtu().isEmpty()) {
            add(lines, "MTU", mtu);
        }
        if (!config.table().isEmpty()) {
            add(lines, "Table", config.table());
        }
        if (config.saveConfig()) {
            add(lines, "SaveConfig", "true");
        }
        addAll(lines, "PreUp", config.hooks().preUp());
        addAll(lines, "PostUp", config.hooks().postUp());
        addAll(lines, "PreDown", config.hooks().preDown());
        addAll(lines, "PostDown", config.hooks().postDown());
        int section = shown.indexOf(SECTION);
        String rest = section < 0 ? shown : shown.substring(0, section) + shown.substring(section + SECTION.length());
        return lines.append(rest.stripTrailing()).append('\n').toString();
    }

    /**
     * Reads {@code awg0 UNKNOWN 10.0.0.1/24 fe80::1/64}: all addresses, less the link-local ones that the kernel made.
     *
     * @param configured addresses that the file names, link-local or not
     */
    public static List<String> addresses(String brief, List<String> configured) {
        List<String> addresses = new ArrayList<>();
        String[] words = brief.strip().split("\\s+", -1);
        for (int i = 2; i < words.length; i++) {
            if (words[i].equals("peer")) {
                i++; // the other end of a point-to-point address: no value of Address says it
            } else if (!isLinkLocal(words[i]) || configured.contains(words[i])) {
                addresses.add(words[i]);
            }
        }
        return addresses;
    }

    /** fe80::/10. */
    private static boolean isLinkLocal(String address) {
        return address.length() > 4
                && address.startsWith("fe")
                && "89ab".indexOf(address.charAt(2)) >= 0
                && address.indexOf(':') == 4;
    }

    private static void addAll(StringBuilder lines, String key, List<String> values) {
        for (String value : values) {
            add(lines, key, value);
        }
    }

    private static void add(StringBuilder lines, String key, String value) {
        lines.append(key).append(" = ").append(value).append('\n');
    }
}
