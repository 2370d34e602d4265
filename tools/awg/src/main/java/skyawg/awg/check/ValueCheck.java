package skyawg.awg.check;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigValue;
import skyawg.control.config.EndpointText;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.tunnel.PeerUpdate;

/** What a key's value must look like, in words. Each method returns null for a good value. */
final class ValueCheck {
    private static final int LONGEST_SHOWN = 60;
    private static final int LEAST_KEY_LENGTH = 40;
    private static final int SMALLEST_IPV4_MTU = 576;
    private static final int LARGEST_MTU = 65535;
    static final String BAD_KEY = "is not a key: one is 44 characters of base64 that end in =; make one with awg genkey"
            + " (PrivateKey), awg pubkey (PublicKey) or awg genpsk (the others)";

    private ValueCheck() {}

    /** What is wrong with the value of a parameter that {@link ConfigValue#parameter} refused. */
    static String refused(Parameter parameter, String value) {
        return switch (parameter.kind()) {
            case NUMBER -> shown(value) + " is not a number from 0 to " + parameter.limit() + ": write digits only";
            case RANGE ->
                shown(value) + " is not a number from 0 to " + parameter.limit()
                        + " or two of them as low-high: write 5 or 5-9";
            case TAGS -> "holds a control character: write tags only, such as <b 0xc0ff><r 16>";
            case KEY -> BAD_KEY;
            case SWITCH -> shown(value) + " is neither on nor off: write one of them";
        };
    }

    static @Nullable String port(String value) {
        try {
            ConfigValue.port(value);
            return null;
        } catch (ConfigException e) {
            return shown(value) + " is not a port: write a number from 0 to 65535, or the name of a UDP service";
        }
    }

    static @Nullable String fwmark(String value) {
        try {
            ConfigValue.fwmark(value);
            return null;
        } catch (ConfigException e) {
            return shown(value) + " is not a mark: write off, or a number from 0 to 0xffffffff";
        }
    }

    static @Nullable String keepalive(String value) {
        try {
            ConfigValue.keepalive(ConfigKey.PERSISTENT_KEEPALIVE.spelling(), value);
            return null;
        } catch (ConfigException e) {
            return shown(value) + " is not a time: write off, or seconds from 0 to 65535, or two as low-high";
        }
    }

    static @Nullable String onOff(String key, String value) {
        try {
            boolean ignored = ConfigValue.onOff(key, value);
            return null;
        } catch (ConfigException e) {
            return shown(value) + " is neither on nor off: write one of them";
        }
    }

    /** A form that can be looked up; whether the name exists is not asked. */
    static @Nullable String endpoint(String value) {
        EndpointText endpoint;
        try {
            endpoint = EndpointText.split(value);
        } catch (ConfigException e) {
            return shown(value) + " is not host:port: write 192.0.2.1:51820, [2001:db8::1]:51820 or a name and a port";
        }
        String port = port(endpoint.port());
        if (port != null) {
            return port;
        }
        String host = endpoint.host();
        if (isAddress(host)) {
            return null;
        }
        boolean isName = !host.isEmpty();
        for (int i = 0; i < host.length(); i++) {
            isName &= Character.isLetterOrDigit(host.charAt(i)) || "-._".indexOf(host.charAt(i)) >= 0;
        }
        return isName ? null : shown(value) + " has neither an address nor a name before the port: write host:port";
    }

    /** True for a literal IPv6 address. */
    static boolean isIpv6Endpoint(String value) {
        try {
            return EndpointText.split(value).host().indexOf(':') >= 0;
        } catch (ConfigException e) {
            return false;
        }
    }

    /**
     * Adds the prefixes of a list to {@code prefixes}.
     *
     * @param oddities takes each item with host bits
     */
    static @Nullable String allowedIps(String value, List<Cidr> prefixes, Consumer<String> oddities) {
        String prefix = "Warning: AllowedIP has nonzero host part: ";
        try {
            for (PeerUpdate.AllowedIpChange change :
                    ConfigValue.allowedIps(value, warning -> oddities.accept(warning.substring(prefix.length())))) {
                prefixes.add(change.prefix());
            }
            return null;
        } catch (ConfigException e) {
            return badPrefix(value);
        }
    }

    /** {@code Address}: what {@code ip address add} takes. */
    static @Nullable String addresses(String value) {
        for (String item : value.split(",", -1)) {
            if (prefix(item) == null) {
                return badPrefix(item);
            }
        }
        return null;
    }

    static @Nullable String mtu(String value) {
        boolean isNumber = !value.isEmpty() && value.length() <= 5;
        for (int i = 0; i < value.length(); i++) {
            isNumber &= value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        if (isNumber && Integer.parseInt(value) >= SMALLEST_IPV4_MTU && Integer.parseInt(value) <= LARGEST_MTU) {
            return null;
        }
        return shown(value) + " is not an MTU: write a number from " + SMALLEST_IPV4_MTU + " to " + LARGEST_MTU;
    }

    static @Nullable String saveConfig(String value) {
        return value.equals("true") || value.equals("false")
                ? null
                : shown(value) + " is neither true nor false: write one of them";
    }

    /** A value as a message repeats it: short, printable, and not if it could be a key. */
    static String shown(String value) {
        if (mayHoldKey(value)) {
            return "'(hidden)'";
        }
        StringBuilder text = new StringBuilder("'");
        for (int i = 0; i < Math.min(value.length(), LONGEST_SHOWN); i++) {
            char c = value.charAt(i);
            text.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return text.append(value.length() > LONGEST_SHOWN ? "...'" : "'").toString();
    }

    /** True when a run of characters is long enough to be most of a key. */
    static boolean mayHoldKey(String text) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isOfKey = c < 0x7f && (Character.isLetterOrDigit(c) || c == '+' || c == '/');
            run = isOfKey ? run + 1 : 0;
            if (run >= LEAST_KEY_LENGTH) {
                return true;
            }
        }
        return false;
    }

    private static String badPrefix(String list) {
        for (String item : list.split(",", -1)) {
            if (prefix(item) == null) {
                int slash = item.indexOf('/');
                String address = slash < 0 ? item : item.substring(0, slash);
                return slash >= 0 && isAddress(address)
                        ? shown(item) + ": prefix length is 0 to "
                                + IpAddress.parse(address).bits()
                        : shown(item) + " is not address/prefix: write 10.0.0.0/24 or fd00::/64, parted by commas";
            }
        }
        return shown(list) + " is not a list of address/prefix parted by commas";
    }

    private static @Nullable Cidr prefix(String item) {
        try {
            return item.indexOf('/') < 0
                    ? new Cidr(IpAddress.parse(item), IpAddress.parse(item).bits())
                    : Cidr.parse(item);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static boolean isAddress(String host) {
        int percent = host.indexOf('%');
        try {
            IpAddress.parse(percent < 0 ? host : host.substring(0, percent));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
