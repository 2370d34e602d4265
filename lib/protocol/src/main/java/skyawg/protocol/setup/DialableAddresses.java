package skyawg.protocol.setup;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/**
 * Where a stranger's set-up may make a node send handshakes: to global unicast addresses, at ports that are no other
 * service's. Otherwise a set-up could make nodes shoot at whatever lies inside their owner's network.
 */
public enum DialableAddresses {
    /** Global unicast only. */
    GLOBAL,
    /** Private ranges as well: a laboratory, or a mesh within a company. */
    GLOBAL_AND_PRIVATE;

    private static final int HTTPS = 443;
    private static final int LOWEST_UNPRIVILEGED = 1024;

    private static final List<Cidr> UNICAST = cidrs("0.0.0.0/0", "2000::/3");

    private static final List<Cidr> PRIVATE =
            cidrs("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** Within {@link #UNICAST}, but neither global nor private (IANA special-purpose registries, RFC 6890). */
    private static final List<Cidr> SPECIAL = cidrs(
            "0.0.0.0/8",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4",
            "2001::/23",
            "2001:db8::/32",
            "2002::/16",
            "3fff::/20");

    public boolean contains(IpAddress address) {
        if (isIn(PRIVATE, address)) {
            return this == GLOBAL_AND_PRIVATE;
        }
        return isIn(UNICAST, address) && !isIn(SPECIAL, address);
    }

    /** Whether a mesh device may be at this port: 443, or 1024 and more. */
    public static boolean isPort(int port) {
        return port == HTTPS || port >= LOWEST_UNPRIVILEGED;
    }

    private static boolean isIn(List<Cidr> prefixes, IpAddress address) {
        for (Cidr prefix : prefixes) {
            if (prefix.contains(address)) {
                return true;
            }
        }
        return false;
    }

    private static List<Cidr> cidrs(String... texts) {
        List<Cidr> prefixes = new ArrayList<>();
        for (String text : texts) {
            prefixes.add(Cidr.parse(text));
        }
        return List.copyOf(prefixes);
    }
}
