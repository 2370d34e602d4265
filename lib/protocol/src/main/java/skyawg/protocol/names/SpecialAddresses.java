package skyawg.protocol.names;

import java.util.ArrayList;
import java.util.List;

/**
 * Which addresses are not global unicast, by the IANA special-purpose registries (RFC 6890 and its updates) and the
 * multicast ranges. What embeds an IPv4 address (6to4, Teredo, NAT64) is among them: it could name any host inside.
 */
public final class SpecialAddresses {
    /** All of global unicast lies in these. */
    public static final List<Cidr> UNICAST = cidrs("0.0.0.0/0", "2000::/3");

    /** Used within one network only; 100.64.0.0/10 also by the mesh's tunnels. */
    public static final List<Cidr> PRIVATE =
            cidrs("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7");

    /** Within {@link #UNICAST}, but neither global nor private. */
    public static final List<Cidr> RESERVED = cidrs(
            "0.0.0.0/8", // this network
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relay
            "198.18.0.0/15", // benchmarking
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4", // reserved, and broadcast
            "2001::/23", // protocol assignments; Teredo
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    /** Where Yggdrasil's addresses and subnets lie. */
    public static final List<Cidr> YGGDRASIL = cidrs("200::/7");

    private SpecialAddresses() {}

    private static List<Cidr> cidrs(String... texts) {
        List<Cidr> prefixes = new ArrayList<>();
        for (String text : texts) {
            prefixes.add(Cidr.parse(text));
        }
        return List.copyOf(prefixes);
    }
}
