package skyawg.awgquick.net;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** The prefixes of all peers in the order in which their routes are added. */
public final class AllowedPrefixes {
    /** The longest prefix first; the text decides between equals, so that the order is always the same. */
    private static final Comparator<Cidr> ORDER = (a, b) -> {
        int byLength = Integer.compare(b.prefixBits(), a.prefixBits());
        return byLength != 0 ? byLength : b.toString().compareTo(a.toString());
    };

    private AllowedPrefixes() {}

    public static List<Cidr> of(InterfaceSnapshot snapshot) {
        List<Cidr> prefixes = new ArrayList<>();
        for (PeerSnapshot peer : snapshot.peers()) {
            prefixes.addAll(peer.allowedIps());
        }
        prefixes.sort(ORDER);
        return prefixes;
    }

    public static boolean hasDefault(InterfaceSnapshot snapshot) {
        for (PeerSnapshot peer : snapshot.peers()) {
            for (Cidr prefix : peer.allowedIps()) {
                if (isDefault(prefix)) {
                    return true;
                }
            }
        }
        return false;
    }

    public static boolean isDefault(Cidr prefix) {
        return prefix.prefixBits() == 0;
    }

    public static Family family(Cidr prefix) {
        return prefix.address().isV6() ? Family.V6 : Family.V4;
    }

    /** The main table's routes on an interface, which its addresses brought. */
    public static List<Cidr> routesOn(String interfaceName, Family family, Commands commands) throws FailureException {
        List<Cidr> routes = new ArrayList<>();
        String text = commands.ask("ip", family.option(), "route", "show", "dev", interfaceName)
                .text();
        for (String line : text.split("\n", -1)) {
            Cidr route = parseRoute(line, family);
            if (route != null) {
                routes.add(route);
            }
        }
        return routes;
    }

    private static @org.jspecify.annotations.Nullable Cidr parseRoute(String line, Family family) {
        String destination = line.strip().split(" ", 2)[0];
        try {
            if (destination.equals("default")) {
                return Cidr.parse(family == Family.V6 ? "::/0" : "0.0.0.0/0");
            }
            if (destination.indexOf('/') >= 0) {
                return Cidr.parse(destination);
            }
            IpAddress host = IpAddress.parse(destination);
            return new Cidr(host, host.bits());
        } catch (IllegalArgumentException e) {
            // A route of a type of its own ("unreachable ...") or an empty line.
            return null;
        }
    }
}
