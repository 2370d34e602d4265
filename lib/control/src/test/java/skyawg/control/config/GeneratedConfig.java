package skyawg.control.config;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import skyawg.protocol.obfuscation.Parameter;

/**
 * Files as people write them, right and wrong, in which the reference and we must find the same. What
 * {@link ConfigDifferences} lists is left out.
 */
final class GeneratedConfig {
    private static final List<Parameter> PARAMETERS = List.of(Parameter.values());
    private static final String[] SPACES = {"", "", " ", "\t", "  "};
    private static final String[] TAGS = {"<b 0xc0ffee>", "<r 12>", "<rc 5>", "<rd 7>", "<t>", "text", "<r 5> <t>"};
    private static final String[] PREFIXES = {
        "10.0.0.0/8",
        "10.1.2.3/16",
        "192.0.2.1",
        "0.0.0.0/0",
        "fd00::1/64",
        "fd00::/8",
        "::/0",
        "2001:db8::5",
        "::ffff:10.0.0.1/128",
        "1.2.3.4/32",
        "10.0.0.1/033"
    };
    private static final String[] WRONG_PREFIXES = {"10.0.0.0/33", "10.0.0/8", "x/8", "fd00::/129", "1.2.3.4/", "/8", ""
    };
    private static final String[] ENDPOINTS = {
        "192.0.2.2:51820", "[2001:db8::1]:7", "2001:db8::9:7", "192.0.2.2:domain", "[::1]:0", "[::ffff:1.2.3.4]:5"
    };
    private static final String[] WRONG_ENDPOINTS = {"192.0.2.2", "192.0.2.2:", "[::1:7", "[::1]", ":"};

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    GeneratedConfig(long seed) {
        this.random = new Random(seed);
    }

    String text() {
        int sections = 1 + random.nextInt(4);
        for (int i = 0; i < sections; i++) {
            if (random.nextInt(40) == 0) {
                out.append(pick("", "stray = 1\n", "[Peers]\n", "ListenPort\n", ";\n"));
            }
            if (i == 0 || random.nextInt(6) == 0) {
                out.append(decorate("[Interface]", "")).append('\n');
                interfaceLines();
            } else {
                out.append(decorate("[Peer]", "")).append('\n');
                peerLines();
            }
        }
        return out.toString();
    }

    private void interfaceLines() {
        for (int i = random.nextInt(8); i > 0; i--) {
            switch (random.nextInt(6)) {
                case 0 -> pair("PrivateKey", key());
                case 1 -> pair("ListenPort", wrongSometimes(number(65535), "-1", "0x5", "port"));
                case 2 -> pair("FwMark", wrongSometimes(mark(), "0xg", "-5", "4294967296", "0x"));
                default -> parameter(PARAMETERS.get(random.nextInt(PARAMETERS.size())));
            }
        }
    }

    private void parameter(Parameter parameter) {
        String name = parameter.configKey();
        switch (parameter.kind()) {
            case NUMBER -> pair(name, wrongSometimes(number(65535), "65536", "x", "1.5", "-3"));
            case RANGE -> pair(name, wrongSometimes(range(parameter.limit()), "9-8", "x", "1-", "0x5"));
            case TAGS ->
                out.append(pick(name, name.toLowerCase(Locale.ROOT)))
                        .append(pick(SPACES))
                        .append('=')
                        .append(pick(SPACES))
                        .append(tags())
                        .append('\n');
            case KEY -> pair(name, key());
            case SWITCH -> pair(name, wrongSometimes(pick("on", "off", "ON", "0", "1"), "yes", "true"));
        }
    }

    private void peerLines() {
        if (random.nextInt(30) != 0) {
            pair("PublicKey", key());
        }
        for (int i = random.nextInt(5); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> pair("PresharedKey", key());
                case 1 -> pair("AllowedIPs", prefixes());
                case 2 -> pair("Endpoint", wrongSometimes(pick(ENDPOINTS), WRONG_ENDPOINTS));
                default -> pair("PersistentKeepalive", wrongSometimes(range(65535), "x", "9-8", "-1"));
            }
        }
    }

    private void pair(String key, String value) {
        out.append(decorate(key, "=" + value)).append('\n');
    }

    /** Blanks anywhere, any case of the key, a comment behind. */
    private String decorate(String key, String value) {
        String written = random.nextInt(5) == 0 ? key.toUpperCase(Locale.ROOT) : key;
        if (random.nextInt(8) == 0) {
            int at = random.nextInt(written.length());
            written = written.substring(0, at) + " " + written.substring(at);
        }
        String body = value.isEmpty() ? "" : pick(SPACES) + "=" + pick(SPACES) + value.substring(1);
        return pick(SPACES)
                + written
                + body
                + pick(SPACES)
                + (random.nextInt(10) == 0 ? "# note = 5" : "")
                + (random.nextInt(20) == 0 ? "\r" : "");
    }

    private String prefixes() {
        StringBuilder list = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            list.append(wrongSometimes(pick(PREFIXES), WRONG_PREFIXES)).append(i > 0 ? pick(",", ", ", " , ") : "");
        }
        return list.toString();
    }

    private String tags() {
        StringBuilder tags = new StringBuilder(pick(TAGS));
        for (int i = random.nextInt(3); i > 0; i--) {
            tags.append(pick("", " ", "  ")).append(pick(TAGS));
        }
        return tags.toString();
    }

    private String key() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String key = Base64.getEncoder().encodeToString(bytes);
        return wrongSometimes(key, key.substring(1), key.replace('=', 'A'), "short");
    }

    private String range(long limit) {
        long low = random.nextLong(limit + 1);
        return random.nextBoolean()
                ? Long.toString(low)
                : low + pick("-", " - ") + (low + random.nextLong(limit - low + 1));
    }

    private String mark() {
        long mark = random.nextLong(1L << 32);
        return pick("off", "0", Long.toString(mark), "0x" + Long.toHexString(mark));
    }

    private String number(int limit) {
        return Integer.toString(random.nextInt(limit + 1));
    }

    private String wrongSometimes(String right, String... wrong) {
        return random.nextInt(40) == 0 ? pick(wrong) : right;
    }

    private String pick(String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
