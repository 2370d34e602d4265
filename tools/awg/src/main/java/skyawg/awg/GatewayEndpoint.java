package skyawg.awg;

import java.util.OptionalInt;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.UintRange;

/**
 * Where the client finds the gateway, as written: a name is left for the client to look up.
 *
 * @param host a name, an IPv4 address, or an IPv6 address without brackets
 * @param port empty when the generator is to draw it
 */
record GatewayEndpoint(String host, OptionalInt port) {
    private static final int MAX_PORT = 0xffff;

    /** Reads {@code host}, {@code host:port}, {@code v6} or {@code [v6]:port}. */
    static GatewayEndpoint parse(String text) throws UsageException {
        String host = text;
        String port = "";
        int colon = text.lastIndexOf(':');
        boolean isBracketed = text.startsWith("[");
        boolean isBareV6 = !isBracketed && colon != text.indexOf(':');
        if (isBracketed) {
            int end = text.indexOf(']');
            if (end < 0 || !(end == text.length() - 1 || text.startsWith("]:", end))) {
                throw wrong(text);
            }
            host = text.substring(1, end);
            port = text.substring(Math.min(text.length(), end + 2));
            if (end + 2 == text.length()) {
                throw wrong(text);
            }
        } else if (!isBareV6 && colon >= 0) {
            host = text.substring(0, colon);
            port = text.substring(colon + 1);
            if (port.isEmpty()) {
                throw wrong(text);
            }
        }
        if ((isBracketed || isBareV6) ? !isV6(host) : !isNameOrV4(host)) {
            throw wrong(text);
        }
        return new GatewayEndpoint(host, port.isEmpty() ? OptionalInt.empty() : OptionalInt.of(parsePort(port)));
    }

    /** False only where the client is sure to come over IPv4. */
    boolean mayBeOverIpv6() {
        try {
            return IpAddress.parse(host).isV6();
        } catch (IllegalArgumentException e) {
            return true;
        }
    }

    /** {@code host:port} as a configuration has it. */
    String withPort(int number) {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + number;
    }

    private static int parsePort(String text) throws UsageException {
        try {
            long port = UintRange.parseNumber(text);
            if (port >= 1 && port <= MAX_PORT) {
                return (int) port;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new UsageException("--endpoint: a port is 1 to 65535: " + text);
    }

    private static boolean isV6(String host) {
        int percent = host.indexOf('%');
        try {
            return IpAddress.parse(percent < 0 ? host : host.substring(0, percent))
                            .isV6()
                    && (percent < 0 || isName(host.substring(percent + 1)));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Digits and dots alone are an address, and then a right one. */
    private static boolean isNameOrV4(String host) {
        boolean isNumeric = true;
        for (int i = 0; i < host.length(); i++) {
            isNumeric &= host.charAt(i) == '.' || (host.charAt(i) >= '0' && host.charAt(i) <= '9');
        }
        if (!isNumeric) {
            return isName(host);
        }
        try {
            return !IpAddress.parse(host).isV6();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Letters, digits, dots, dashes and underscores: nothing that could end a line or begin a comment. */
    static boolean isName(String host) {
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean isLetter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean isOther = (c >= '0' && c <= '9') || c == '.' || c == '_' || (c == '-' && i > 0);
            if (!isLetter && !isOther) {
                return false;
            }
        }
        return !host.isEmpty();
    }

    private static UsageException wrong(String text) {
        return new UsageException(
                "--endpoint: neither a host nor an address with or without a port, IPv6 in brackets before a port: "
                        + text);
    }
}
