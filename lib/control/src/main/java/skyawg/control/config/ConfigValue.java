package skyawg.control.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.tunnel.PeerUpdate;

/**
 * Reads single values as people write them in files and on the command line. {@code name} is the key or the option that
 * the value belongs to, as the person wrote it.
 *
 * <p>Stricter than the reference in one way: a number that does not fit its field is refused, where the reference cuts
 * or wraps it.
 */
public final class ConfigValue {
    private static final long PORT_LIMIT = 0xffff;
    private static final long KEEPALIVE_LIMIT_SECONDS = 0xffff;

    private ConfigValue() {}

    public static PublicKey publicKey(String text) throws ConfigException {
        try {
            return PublicKey.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw badKey(text);
        }
    }

    /** Reads a key that must not be repeated in an error. The caller closes it. */
    public static Secret secret(String text) throws ConfigException {
        try {
            return Secret.parseBase64(text);
        } catch (IllegalArgumentException e) {
            throw badKey(ConfigLine.HIDDEN);
        }
    }

    /** A number or the name of a UDP service. */
    public static int port(String text) throws ConfigException {
        if (isNumber(text)) {
            long port = number(text);
            if (port > PORT_LIMIT) {
                throw ConfigException.parsing("A port is 0 to 65535: `" + text + "'");
            }
            return (int) port;
        }
        int port = ServiceNames.udpPort(text);
        if (port < 0) {
            throw ConfigException.parsing("Servname not supported for ai_socktype: `" + text + "'");
        }
        return port;
    }

    /** {@code off}, decimal, or hex behind {@code 0x}. */
    public static long fwmark(String text) throws ConfigException {
        if (text.equalsIgnoreCase("off")) {
            return 0;
        }
        boolean isHex = text.startsWith("0x");
        String digits = isHex ? text.substring(2) : text;
        int radix = isHex ? 16 : 10;
        long value = 0;
        boolean isMark = !digits.isEmpty();
        for (int i = 0; i < digits.length() && isMark; i++) {
            int digit = digits.charAt(i) < 0x80 ? Character.digit(digits.charAt(i), radix) : -1;
            value = value * radix + digit;
            isMark = digit >= 0 && value <= UintRange.MAX;
        }
        if (!isMark) {
            throw ConfigException.parsing("Fwmark is neither 0/off nor 0-0xffffffff: `" + text + "'");
        }
        return value;
    }

    /** A value of an AmneziaWG parameter. A header protection key is taken as base64. */
    public static ParameterValue parameter(Parameter parameter, String name, String text) throws ConfigException {
        return switch (parameter.kind()) {
            case NUMBER -> new ParameterValue.Range(UintRange.of(number(name, text, parameter.limit())));
            case RANGE -> new ParameterValue.Range(range(name, text, parameter.limit()));
            case TAGS -> new ParameterValue.Tags(tags(name, text));
            case KEY -> new ParameterValue.Key(secret(text));
            case SWITCH -> new ParameterValue.Switch(onOff(name, text));
        };
    }

    /** {@code off}, seconds, or a range of seconds. */
    public static UintRange keepalive(String name, String text) throws ConfigException {
        return text.equalsIgnoreCase("off") ? UintRange.ZERO : range(name, text, KEEPALIVE_LIMIT_SECONDS);
    }

    /** {@code on}, {@code off}, or a number: zero is off. */
    public static boolean onOff(String name, String text) throws ConfigException {
        if (text.equalsIgnoreCase("on")) {
            return true;
        }
        if (text.equalsIgnoreCase("off")) {
            return false;
        }
        if (text.isEmpty() || text.charAt(0) < '0' || text.charAt(0) > '9') {
            throw ConfigException.parsing("Boolean value is neither on/off nor 0/1: `" + text + "'");
        }
        return number(name, text, PORT_LIMIT) != 0;
    }

    /**
     * A list parted by commas: addresses with or without {@code /bits}; nothing at all is an empty list.
     *
     * @param warnings takes a line for each prefix with host bits, which are cleared
     */
    public static List<PeerUpdate.AllowedIpChange> allowedIps(String text, Consumer<String> warnings)
            throws ConfigException {
        List<PeerUpdate.AllowedIpChange> prefixes = new ArrayList<>();
        if (text.isEmpty()) {
            return prefixes;
        }
        int from = 0;
        while (from <= text.length()) {
            int comma = text.indexOf(',', from);
            int to = comma < 0 ? text.length() : comma;
            prefixes.add(new PeerUpdate.AllowedIpChange(allowedIp(text.substring(from, to), warnings), false));
            from = to + 1;
        }
        return prefixes;
    }

    private static Cidr allowedIp(String item, Consumer<String> warnings) throws ConfigException {
        int slash = item.indexOf('/');
        String literal = slash < 0 ? item : item.substring(0, slash);
        IpAddress address;
        try {
            address = IpAddress.parse(literal);
        } catch (IllegalArgumentException e) {
            throw ConfigException.parsing("Unable to parse IP address: `" + literal + "'");
        }
        if (slash < 0) {
            return new Cidr(address, address.bits());
        }
        String bits = item.substring(slash + 1);
        if (!isNumber(bits) || number(bits) > address.bits()) {
            throw ConfigException.parsing("AllowedIP is not in the correct format: `" + item + "'");
        }
        Cidr prefix = new Cidr(address, (int) number(bits));
        if (!prefix.address().equals(address)) {
            warnings.accept("Warning: AllowedIP has nonzero host part: " + item);
        }
        return prefix;
    }

    private static long number(String name, String text, long limit) throws ConfigException {
        if (!isNumber(text) || number(text) > limit) {
            throw new ConfigException(ConfigException.Epilogue.NONE, "Unable to parse " + name + ": `" + text + "'");
        }
        return number(text);
    }

    private static UintRange range(String name, String text, long limit) throws ConfigException {
        int dash = text.indexOf('-');
        String low = dash < 0 ? text : text.substring(0, dash);
        String high = dash < 0 ? text : text.substring(dash + 1);
        if (!isNumber(low) || !isNumber(high)) {
            throw ConfigException.parsing("");
        }
        if (number(low) > limit || number(high) > limit) {
            // The reference has no text for a bad range, but would have cut this one in silence.
            throw ConfigException.parsing(
                    limit == UintRange.MAX ? "" : name + " is above " + limit + ": `" + text + "'");
        }
        if (number(low) > number(high)) {
            throw ConfigException.parsing("");
        }
        return new UintRange(number(low), number(high));
    }

    private static String tags(String name, String text) throws ConfigException {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < 0x20 || text.charAt(i) == 0x7f) {
                throw ConfigException.parsing(name + " holds a control character");
            }
        }
        return text;
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty();
    }

    /** The value of digits; what passes 2^40 stays above every limit. */
    private static long number(String digits) {
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = Math.min(1L << 40, value * 10 + (digits.charAt(i) - '0'));
        }
        return value;
    }

    private static ConfigException badKey(String text) {
        return ConfigException.parsing("Key is not the correct length or format: `" + text + "'");
    }
}
