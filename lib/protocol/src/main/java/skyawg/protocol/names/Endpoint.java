package skyawg.protocol.names;

/**
 * Where a peer's datagrams go: an address, a zone for link-local IPv6 (an interface name or index; empty for none) and
 * a UDP port.
 *
 * <p>Prints as {@code 1.2.3.4:5}, {@code [v6]:5} or {@code [v6%zone]:5}.
 */
public record Endpoint(IpAddress address, String zone, int port) {
    public Endpoint {
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("port is 0 to 65535, not " + port);
        }
        if (!zone.isEmpty() && !address.isV6()) {
            throw new IllegalArgumentException("only an IPv6 address has a zone");
        }
        for (int i = 0; i < zone.length(); i++) {
            if (!mayBeInZone(zone.charAt(i))) {
                throw new IllegalArgumentException("a zone is an interface's name or number");
            }
        }
    }

    /** What Linux takes in an interface's name, less what would end the zone in this text form. */
    private static boolean mayBeInZone(char c) {
        return c > ' ' && c != 0x7f && "/:%[]".indexOf(c) < 0;
    }

    public static Endpoint of(IpAddress address, int port) {
        return new Endpoint(address, "", port);
    }

    /**
     * Reads a literal in the form that {@link #toString} writes; host names are the caller's business.
     *
     * @throws IllegalArgumentException saying what is wrong
     */
    public static Endpoint parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("port is missing: " + text);
        }
        String host = text.substring(0, colon);
        long port = UintRange.parseNumber(text.substring(colon + 1));
        if (port > 0xffff) {
            throw new IllegalArgumentException("port is 0 to 65535: " + text);
        }
        boolean bracketed = host.startsWith("[");
        if (bracketed) {
            if (!host.endsWith("]")) {
                throw new IllegalArgumentException("closing bracket is missing: " + text);
            }
            host = host.substring(1, host.length() - 1);
        }
        int percent = host.indexOf('%');
        String zone = percent < 0 ? "" : host.substring(percent + 1);
        if (percent >= 0 && zone.isEmpty()) {
            throw new IllegalArgumentException("zone is empty: " + text);
        }
        IpAddress address = IpAddress.parse(percent < 0 ? host : host.substring(0, percent));
        if (address.isV6() != bracketed) {
            throw new IllegalArgumentException("an IPv6 address, and only that, stands in brackets: " + text);
        }
        return new Endpoint(address, zone, (int) port);
    }

    @Override
    public String toString() {
        if (!address.isV6()) {
            return address + ":" + port;
        }
        return zone.isEmpty() ? "[" + address + "]:" + port : "[" + address + "%" + zone + "]:" + port;
    }
}
