package skyawg.control.mesh;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import skyawg.protocol.names.Cidr;

/**
 * How a node's own network meets the mesh.
 *
 * @param clients4 the prefix of its interface into the mesh, which has the first address; an exit grants a tunnel a
 *     prefix as long
 * @param clients6 likewise, a /64
 * @param exitAllow destinations that its Internet service serves though they are not on the Internet
 */
public record NodeEdges(Cidr clients4, Cidr clients6, List<Cidr> exitAllow) {
    /** Out of a range that is for tests of networks, and out of one that is nobody's. */
    public static final NodeEdges DEFAULT =
            new NodeEdges(Cidr.parse("198.18.0.0/28"), Cidr.parse("fd73:6b79::/64"), List.of());

    private static final int SHORTEST = 24;
    private static final int LONGEST = 30;
    private static final int IPV6_LENGTH = 64;
    private static final int MAX_LISTED = 64;

    /** @throws IllegalArgumentException saying what is wrong */
    public NodeEdges {
        exitAllow = exitAllow.stream().distinct().toList();
        if (clients4.address().isV6() || clients4.prefixBits() < SHORTEST || clients4.prefixBits() > LONGEST) {
            throw new IllegalArgumentException("Clients has an IPv4 prefix of 24 to 30 bits, not " + clients4);
        }
        if (!clients6.address().isV6() || clients6.prefixBits() != IPV6_LENGTH) {
            throw new IllegalArgumentException("Clients has an IPv6 prefix of 64 bits, not " + clients6);
        }
        if (exitAllow.size() > MAX_LISTED) {
            throw new IllegalArgumentException("at most " + MAX_LISTED + " prefixes can be allowed");
        }
    }

    /** As the key Clients has them: one of either family, or the default of the other. */
    static NodeEdges withClients(NodeEdges before, Iterable<Cidr> clients) {
        Cidr v4 = DEFAULT.clients4();
        Cidr v6 = DEFAULT.clients6();
        for (Cidr each : clients) {
            if (each.address().isV6()) {
                v6 = each;
            } else {
                v4 = each;
            }
        }
        return new NodeEdges(v4, v6, before.exitAllow());
    }

    /** As the file has it. */
    public String clientsText() {
        return Stream.of(clients4, clients6).map(Cidr::toString).collect(Collectors.joining(", "));
    }

    String exitAllowText() {
        return exitAllow.stream().map(Cidr::toString).collect(Collectors.joining(", "));
    }
}
