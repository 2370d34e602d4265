package skyawg.awg.check;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigValue;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;

/** Walks a file once and says everything that is wrong in it. */
public final class ConfigCheck {
    private static final String UNKNOWN = "unknown-key";
    private static final String MISPLACED = "misplaced-key";
    private static final String VALUE = "value";

    private enum Section {
        NONE,
        INTERFACE,
        PEER,
        UNKNOWN
    }

    private final List<Finding> findings = new ArrayList<>();
    private final List<PeerLines> peers = new ArrayList<>();
    private final Map<String, Integer> interfaceKeys = new HashMap<>();
    private final Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
    private final Map<Parameter, Integer> lines = new EnumMap<>(Parameter.class);
    private final Map<Parameter, ParameterValue> misplaced = new EnumMap<>(Parameter.class);
    private final Map<Parameter, Integer> misplacedLines = new EnumMap<>(Parameter.class);
    private final Set<Parameter> unreadable = EnumSet.noneOf(Parameter.class);
    private final List<Secret> secrets = new ArrayList<>();
    private Section section = Section.NONE;
    private int interfaceLine;
    private int mtu;
    private boolean isOverIpv6;
    private @Nullable Secret privateKey;

    private ConfigCheck() {}

    /**
     * Everything there is to say, in the order of the lines.
     *
     * @param pathMtu MTU of the way to the peers
     */
    public static List<Finding> check(ConfigText text, int pathMtu) {
        ConfigCheck check = new ConfigCheck();
        try {
            if (text.hasByteOrderMark()) {
                check.warn(
                        1,
                        KeyNames.UNNAMED,
                        "byte-order-mark",
                        "the file begins with a byte-order mark, which awg"
                                + " setconf refuses: save it as UTF-8 without one");
            }
            for (ConfigText.Line line : text.lines()) {
                check.read(line);
            }
            check.checkWhole(pathMtu);
        } finally {
            check.secrets.forEach(Secret::close);
        }
        check.findings.sort(Comparator.comparingInt(Finding::line));
        return List.copyOf(check.findings);
    }

    private void read(ConfigText.Line line) {
        if (line.content() == null) {
            return;
        }
        if (line.isSection("Interface")) {
            section = Section.INTERFACE;
            interfaceLine = interfaceLine == 0 ? line.number() : interfaceLine;
        } else if (line.isSection("Peer")) {
            section = Section.PEER;
            peers.add(new PeerLines(line.number()));
        } else if (line.content().value() == null) {
            readWithoutEquals(line.number(), line.content().key());
        } else {
            readPair(line, line.content().key(), line.content().value());
        }
    }

    private void readWithoutEquals(int line, String text) {
        if (text.startsWith("[")) {
            section = Section.UNKNOWN;
            error(
                    line,
                    KeyNames.printable(text),
                    "unknown-section",
                    "sections are [Interface] and [Peer]: what follows" + " was not looked at");
        } else {
            error(line, KeyNames.UNNAMED, "syntax", "is neither a section nor key = value: put a # before a comment");
        }
    }

    private void readPair(ConfigText.Line line, String name, String value) {
        if (section == Section.UNKNOWN) {
            return;
        }
        String lower = line.lowerCaseKey();
        ConfigKey key = ConfigKey.of(lower);
        Parameter parameter = KeyNames.parameter(lower);
        if (key == null && parameter == null) {
            readUnknown(line.number(), name, lower, value);
            return;
        }
        String spelling = key != null ? key.spelling() : parameter != null ? parameter.configKey() : name;
        if (section == Section.NONE) {
            error(
                    line.number(),
                    spelling,
                    MISPLACED,
                    "stands before the first section: write [Interface] or [Peer]" + " above it");
            return;
        }
        boolean isInPeer = section == Section.PEER;
        if (key != null && key.isOfPeer() != isInPeer) {
            error(
                    line.number(),
                    spelling,
                    MISPLACED,
                    isInPeer
                            ? "stands under [Peer] and belongs under [Interface]: move the line"
                            : "stands under [Interface] and belongs under a [Peer]: move the line");
        }
        if (parameter != null && isInPeer) {
            readMisplaced(line.number(), parameter, value);
            return;
        }
        if (key == null || key.isOfPeer() == isInPeer) {
            checkRepeated(line.number(), spelling, lower, key != null && key.mayRepeat());
        }
        if (key != null) {
            readKey(line.number(), key, name, value);
        } else if (parameter != null) {
            readParameter(line.number(), parameter, value);
        }
    }

    private void readUnknown(int line, String name, String lower, String value) {
        if (KeyNames.isOfDraft(lower)) {
            error(
                    line,
                    KeyNames.printable(name),
                    "draft-key",
                    "belongs to an abandoned draft of AmneziaWG 1.5 and is" + " refused: remove the line");
            return;
        }
        String nearest = KeyNames.nearest(name);
        String printable = value.isEmpty() && nearest == null ? KeyNames.UNNAMED : KeyNames.printable(name);
        error(
                line,
                printable,
                UNKNOWN,
                nearest == null
                        ? "is no key that awg or awg-quick knows: remove the line"
                        : "is no key that awg or awg-quick knows: did you mean " + nearest);
    }

    private void checkRepeated(int line, String spelling, String lower, boolean mayRepeat) {
        Map<String, Integer> keys = section == Section.PEER ? peers.getLast().keys : interfaceKeys;
        Integer before = keys.put(lower, line);
        if (before != null && !mayRepeat) {
            warn(line, spelling, "repeated-key", "replaces the value of line " + before + ": remove one of them");
        }
    }

    private void readMisplaced(int line, Parameter parameter, String value) {
        Integer before = misplacedLines.get(parameter);
        error(
                line,
                parameter.configKey(),
                MISPLACED,
                "stands under [Peer], but obfuscation is of the whole interface,"
                        + " not of one peer: move the line under [Interface]");
        ParameterValue read = parse(line, parameter, value);
        if (read != null && before == null) {
            misplaced.put(parameter, read);
            misplacedLines.put(parameter, line);
        } else if (read != null && !read.equals(misplaced.get(parameter))) {
            warn(
                    line,
                    parameter.configKey(),
                    "conflict",
                    "line " + before + " has another value, and an interface has"
                            + " only one: give all peers the same");
        }
    }

    private void readParameter(int line, Parameter parameter, String value) {
        ParameterValue read = parse(line, parameter, value);
        lines.put(parameter, line);
        if (read != null) {
            values.put(parameter, read);
        }
    }

    private @Nullable ParameterValue parse(int line, Parameter parameter, String value) {
        if (value.isEmpty() && parameter.kind() != Parameter.Kind.TAGS) {
            error(line, parameter.configKey(), VALUE, "has no value: write one or remove the line");
            unreadable.add(parameter);
            return null;
        }
        try {
            ParameterValue read = ConfigValue.parameter(parameter, parameter.configKey(), value);
            if (read instanceof ParameterValue.Key key) {
                secrets.add(key.secret());
            }
            return read;
        } catch (ConfigException e) {
            error(line, parameter.configKey(), VALUE, ValueCheck.refused(parameter, value));
            unreadable.add(parameter);
            return null;
        }
    }

    private void readKey(int line, ConfigKey key, String name, String value) {
        if (value.isEmpty()) {
            String message = "has no value: write one or remove the line";
            findings.add(
                    key.isQuick()
                            ? Finding.warning(line, key.spelling(), VALUE, message)
                            : Finding.error(line, key.spelling(), VALUE, message));
            return;
        }
        String fault = switch (key) {
            case PRIVATE_KEY, PRESHARED_KEY -> readSecret(line, key, name, value);
            case PUBLIC_KEY -> readPublicKey(value);
            case LISTEN_PORT -> ValueCheck.port(value);
            case FWMARK -> ValueCheck.fwmark(value);
            case ADDRESS -> ValueCheck.addresses(value);
            case MTU -> readMtu(value);
            case SAVE_CONFIG -> ValueCheck.saveConfig(value);
            case ALLOWED_IPS -> readAllowedIps(line, value);
            case ENDPOINT -> readEndpoint(value);
            case PERSISTENT_KEEPALIVE -> ValueCheck.keepalive(value);
            case ADVANCED_SECURITY -> readAdvancedSecurity(line, value);
            case DNS, TABLE, PRE_UP, POST_UP, PRE_DOWN, POST_DOWN -> null;
        };
        if (fault != null) {
            error(line, key.spelling(), VALUE, fault);
        }
    }

    private @Nullable String readSecret(int line, ConfigKey key, String name, String value) {
        if (name.equals("PreSharedKey")) {
            warn(line, name, "spelling", "some programs read only PresharedKey: write it so");
        }
        try {
            Secret secret = ConfigValue.secret(value);
            secrets.add(secret);
            if (key == ConfigKey.PRIVATE_KEY) {
                privateKey = secret;
            }
            return null;
        } catch (ConfigException e) {
            return ValueCheck.BAD_KEY;
        }
    }

    private @Nullable String readPublicKey(String value) {
        try {
            if (section == Section.PEER) {
                peers.getLast().publicKey = ConfigValue.publicKey(value);
            } else {
                ConfigValue.publicKey(value);
            }
            return null;
        } catch (ConfigException e) {
            return ValueCheck.BAD_KEY;
        }
    }

    private @Nullable String readMtu(String value) {
        String fault = ValueCheck.mtu(value);
        if (fault == null) {
            mtu = Integer.parseInt(value);
        }
        return fault;
    }

    private @Nullable String readAllowedIps(int line, String value) {
        List<Cidr> prefixes = new ArrayList<>();
        String fault = ValueCheck.allowedIps(value, prefixes, item -> {
            String meant = Cidr.parse(item).toString();
            warn(
                    line,
                    ConfigKey.ALLOWED_IPS.spelling(),
                    "host-bits",
                    ValueCheck.shown(item) + " has bits behind the prefix, which are ignored: write " + meant);
        });
        if (section == Section.PEER) {
            for (Cidr prefix : prefixes) {
                peers.getLast().prefixes.add(new PeerLines.Prefix(prefix, line));
            }
        }
        return fault;
    }

    private @Nullable String readEndpoint(String value) {
        isOverIpv6 |= ValueCheck.isIpv6Endpoint(value);
        return ValueCheck.endpoint(value);
    }

    private @Nullable String readAdvancedSecurity(int line, String value) {
        warn(
                line,
                ConfigKey.ADVANCED_SECURITY.spelling(),
                "kernel-only",
                "only the kernel module knows it, a user space" + " daemon refuses the file: remove the line");
        return ValueCheck.onOff(ConfigKey.ADVANCED_SECURITY.spelling(), value);
    }

    private void checkWhole(int pathMtu) {
        if (!interfaceKeys.containsKey("privatekey")) {
            warn(
                    Math.max(1, interfaceLine),
                    ConfigKey.PRIVATE_KEY.spelling(),
                    "missing-private-key",
                    "there is none, and"
                            + " awg setconf takes away the one that the interface has: add one, made by awg genkey");
        }
        PeerCheck.check(peers, privateKey, findings);
        mergeMisplaced();
        ParameterCheck parameters =
                new ParameterCheck(ParameterSet.DEFAULTS.with(values), lines, unreadable, Math.max(1, interfaceLine));
        parameters.checkRules(findings);
        parameters.checkSizes(
                mtu, interfaceKeys.getOrDefault("mtu", Math.max(1, interfaceLine)), pathMtu, isOverIpv6, findings);
    }

    /** The rules look at the file as it is meant. */
    private void mergeMisplaced() {
        for (Map.Entry<Parameter, ParameterValue> entry : misplaced.entrySet()) {
            Parameter parameter = entry.getKey();
            int line = misplacedLines.getOrDefault(parameter, interfaceLine);
            ParameterValue before = values.putIfAbsent(parameter, entry.getValue());
            if (before == null) {
                lines.putIfAbsent(parameter, line);
            } else if (!before.equals(entry.getValue())) {
                warn(
                        line,
                        parameter.configKey(),
                        "conflict",
                        "line " + lines.get(parameter)
                                + " has another value, and an interface has only one: remove one of them");
            }
        }
    }

    private void error(int line, String key, String rule, String message) {
        findings.add(Finding.error(line, key, rule, message));
    }

    private void warn(int line, String key, String rule, String message) {
        findings.add(Finding.warning(line, key, rule, message));
    }
}
