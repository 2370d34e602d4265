package skyawg.awg;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigValue;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.ObfuscationLevel;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterGenerator.Wishes;
import skyawg.protocol.obfuscation.ParameterValue;

/** What {@code awg genconf} was asked for. Holds a header protection key where one was settled by hand. */
final class GenConfRequest implements AutoCloseable {
    private static final int MAX_NAME_LENGTH = 7;
    private static final int MIN_PATH_MTU = 576;
    private static final int MAX_PATH_MTU = 65535;

    private ObfuscationLevel level = ObfuscationLevel.V3;
    private Optional<GatewayEndpoint> endpoint = Optional.empty();
    private final Map<Parameter, ParameterValue> handSet = new EnumMap<>(Parameter.class);
    private final List<TunnelAddress> addresses = new ArrayList<>();
    private final List<Cidr> allowedIps = new ArrayList<>();
    private final List<String> dns = new ArrayList<>();
    private OptionalInt pathMtu = OptionalInt.empty();
    private String directory = "";
    private String name = "sky";

    private GenConfRequest() {}

    /** Reads the words behind {@code genconf}; options take their value as the next word or behind {@code =}. */
    static GenConfRequest parse(String[] words) throws UsageException {
        GenConfRequest request = new GenConfRequest();
        boolean isRead = false;
        try {
            for (int i = 0; i < words.length; i++) {
                int equals = words[i].startsWith("--") ? words[i].indexOf('=') : -1;
                String option = equals < 0 ? words[i] : words[i].substring(0, equals);
                if (equals < 0 && (i + 1 == words.length || !option.startsWith("--"))) {
                    throw new UsageException(
                            option.startsWith("--") ? option + ": takes a value" : option + ": not an option");
                }
                request.take(option, equals < 0 ? words[++i] : words[i].substring(equals + 1));
            }
            isRead = true;
            return request;
        } finally {
            if (!isRead) {
                request.close();
            }
        }
    }

    private void take(String option, String value) throws UsageException {
        try {
            switch (option) {
                case "--level" -> level = level(value);
                case "--endpoint" -> endpoint = Optional.of(GatewayEndpoint.parse(value));
                case "--set" -> set(value);
                case "--address" -> {
                    for (String item : items(value)) {
                        addresses.add(TunnelAddress.parseGateway(item));
                    }
                }
                case "--allowed-ips" -> {
                    for (String item : items(value)) {
                        allowedIps.add(Cidr.parse(item));
                    }
                }
                case "--dns" -> {
                    for (String item : items(value)) {
                        dns.add(server(item));
                    }
                }
                case "--path-mtu" -> pathMtu = OptionalInt.of(pathMtu(value));
                case "--out" -> directory = value;
                case "--name" -> name = name(value);
                default -> throw new UsageException(option + ": not an option");
            }
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + ": " + e.getMessage());
        }
    }

    ObfuscationLevel level() {
        return level;
    }

    Optional<GatewayEndpoint> endpoint() {
        return endpoint;
    }

    /** The gateway's; empty when they are to be chosen. */
    List<TunnelAddress> addresses() {
        return addresses;
    }

    /** The client's way into the tunnel; empty for everything. */
    List<Cidr> allowedIps() {
        return allowedIps;
    }

    List<String> dns() {
        return dns;
    }

    boolean isToStandardOutput() {
        return directory.equals("-");
    }

    String directory() {
        return directory;
    }

    String fileName(ConfigPair.End end) {
        return name + "-" + end.name().toLowerCase(Locale.ROOT) + ".conf";
    }

    Wishes wishes() {
        boolean isOverIpv6 = endpoint.isEmpty() || endpoint.get().mayBeOverIpv6();
        return new Wishes(handSet, pathMtu, isOverIpv6, true);
    }

    @Override
    public void close() {
        if (handSet.get(Parameter.HEADER_PROTECTION_KEY) instanceof ParameterValue.Key key) {
            key.secret().close();
        }
    }

    private static ObfuscationLevel level(String word) throws UsageException {
        for (ObfuscationLevel level : ObfuscationLevel.values()) {
            if (level.word().equals(word)) {
                return level;
            }
        }
        throw new UsageException("--level: plain, v1, v2 or v3, not " + word);
    }

    private void set(String pair) throws UsageException {
        int equals = pair.indexOf('=');
        if (equals < 0) {
            throw new UsageException("--set: takes KEY=VALUE: " + pair);
        }
        Parameter parameter = parameter(pair.substring(0, equals).strip());
        String value = pair.substring(equals + 1).strip();
        try {
            ParameterValue before = handSet.put(
                    parameter,
                    parameter == Parameter.HEADER_PROTECTION_KEY
                            ? new ParameterValue.Key(KeyFile.read(value))
                            : ConfigValue.parameter(parameter, parameter.configKey(), value));
            if (before instanceof ParameterValue.Key key) {
                key.secret().close();
            }
        } catch (ConfigException e) {
            throw new UsageException("--set " + parameter.configKey() + ": "
                    + (parameter == Parameter.HEADER_PROTECTION_KEY
                            ? "takes the path of a file that holds the key, since others can read a command line: "
                                    + e.text()
                            : "not a value for it: " + value));
        }
    }

    private static Parameter parameter(String key) throws UsageException {
        StringBuilder keys = new StringBuilder();
        for (Parameter parameter : Parameter.values()) {
            if (parameter.configKey().equalsIgnoreCase(key)) {
                return parameter;
            }
            keys.append(keys.isEmpty() ? "" : ", ").append(parameter.configKey());
        }
        throw new UsageException("--set " + key + ": not a key of AmneziaWG; those are " + keys);
    }

    private static List<String> items(String list) {
        List<String> items = new ArrayList<>();
        int from = 0;
        while (from <= list.length()) {
            int comma = list.indexOf(',', from);
            int to = comma < 0 ? list.length() : comma;
            items.add(list.substring(from, to).strip());
            from = to + 1;
        }
        return items;
    }

    /** A name server's address or a search domain, as the key DNS takes them. */
    private static String server(String item) {
        if (item.indexOf(':') >= 0) {
            return IpAddress.parse(item).toString();
        }
        if (!GatewayEndpoint.isName(item)) {
            throw new IllegalArgumentException("neither an address nor a domain: " + item);
        }
        return item;
    }

    private static int pathMtu(String text) {
        long mtu = UintRange.parseNumber(text);
        if (mtu < MIN_PATH_MTU || mtu > MAX_PATH_MTU) {
            throw new IllegalArgumentException("576 to 65535 bytes, not " + text);
        }
        return (int) mtu;
    }

    private static String name(String text) {
        boolean isName = !text.isEmpty() && text.length() <= MAX_NAME_LENGTH;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            isName &= c < 0x80 && (Character.isLetterOrDigit(c) || "_=+.-".indexOf(c) >= 0);
        }
        if (!isName || text.startsWith("-") || text.startsWith(".")) {
            throw new IllegalArgumentException(
                    "1 to 7 characters of A-Za-z0-9_=+.-, beginning with neither - nor .: the"
                            + " file's name becomes the interface's: " + text);
        }
        return text;
    }
}
