package skyawg.control.config;

import java.util.Map;
import java.util.Set;

/** Where we read a file otherwise than amneziawg-tools on purpose. Every name must be one of a recorded file. */
final class ConfigDifferences {
    private static final String PARSING = "\nConfiguration parsing error\n";

    /** What the reference cuts or wraps without a word, or takes though it cannot work. With what we print. */
    static final Map<String, String> REFUSED = Map.ofEntries(
            Map.entry("port-65536", "A port is 0 to 65535: `65536'" + PARSING),
            Map.entry("ep-bigport", "A port is 0 to 65535: `192.0.2.2:70000'" + PARSING),
            Map.entry("ka-65536", "PersistentKeepalive is above 65535: `65536'" + PARSING),
            Map.entry("ka-70000", "PersistentKeepalive is above 65535: `70000'" + PARSING),
            Map.entry("ka-opendash", "Configuration parsing error\n"),
            Map.entry("jc-wrap32", "Unable to parse Jc: `4294967297'\n"),
            Map.entry("jc-plus", "Unable to parse Jc: `+4'\n"),
            Map.entry("h-wrapneg", "Configuration parsing error\n"),
            Map.entry("h-plus", "Configuration parsing error\n"),
            Map.entry("cpa-over", "ContentPaddingAddition is above 65535: `65537'" + PARSING),
            Map.entry("jc-65535", "Unable to modify interface: Invalid argument\n"),
            Map.entry("jmin-gt-jmax", "Unable to modify interface: Invalid argument\n"));

    /** What the reference refuses though its meaning is plain. With the parameter that is then set, if any. */
    static final Map<String, String> ACCEPTED = Map.of(
            "ka-off", "",
            "i1-indented", "i1=<b 0xc0ffee>\n",
            "i1-empty", "",
            "i1-empty-spaces", "",
            "i1-old-c", "i1=<c>\n");

    /** What the reference prints of a secret. With what we print. */
    static final Map<String, String> HIDDEN = Map.of(
            "no-section", "Line unrecognized: `PrivateKey=(hidden)'" + PARSING,
            "key-bad-length", "Key is not the correct length or format: `(hidden)'" + PARSING,
            "key-bad-char", "Key is not the correct length or format: `(hidden)'" + PARSING,
            "key-nonzero-pad-bits", "Key is not the correct length or format: `(hidden)'" + PARSING,
            "key-no-pad", "Key is not the correct length or format: `(hidden)'" + PARSING,
            "psk-bad", "Key is not the correct length or format: `(hidden)'" + PARSING,
            "hpk-bad", "Key is not the correct length or format: `(hidden)'" + PARSING);

    /** Files that the daemon refuses: the reference has kept a part of them by then, ours nothing. */
    static final Set<String> WHOLE_OR_NOT_AT_ALL = Set.of(
            "advsec-on", "advsec-off", "h-overlap", "h-dup", "i1-hash", "i1-bad-tag", "i1-odd", "hpk-no-s", "hpk-s11");

    private ConfigDifferences() {}
}
