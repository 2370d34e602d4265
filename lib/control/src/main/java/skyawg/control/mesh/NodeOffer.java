package skyawg.control.mesh;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;

/**
 * What a node is to others, and where they find it.
 *
 * @param roles empty for a node that only uses the mesh
 * @param ip4 that others reach it at; empty for none
 * @param ip6 likewise
 * @param port UDP, over both families; 0 lets the system choose
 * @param capacityKbits that it says it can carry; 0 for not said
 * @param family the same number for all nodes of one owner; 0 for none
 * @param dialable where set-ups of others may lead, and so which nodes are of use
 */
public record NodeOffer(
        Set<Role> roles,
        Optional<IpAddress> ip4,
        Optional<IpAddress> ip6,
        int port,
        long capacityKbits,
        int family,
        DialableAddresses dialable) {

    /** A node that only uses the mesh, on the Internet. */
    public static final NodeOffer NONE =
            new NodeOffer(Set.of(), Optional.empty(), Optional.empty(), 0, 0, 0, DialableAddresses.GLOBAL);

    private static final int MAX_PORT = 0xffff;

    /** @throws IllegalArgumentException saying what does not go together */
    public NodeOffer {
        roles = roles.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(roles));
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("a port is 0 to " + MAX_PORT + ", not " + port);
        }
        if (capacityKbits < 0) {
            throw new IllegalArgumentException("a capacity is not negative: " + capacityKbits);
        }
        if (!roles.isEmpty() && ip4.isEmpty() && ip6.isEmpty()) {
            throw new IllegalArgumentException(
                    "a node that offers something needs an Address, at which others reach it");
        }
        if (!roles.isEmpty() && !DialableAddresses.isPort(port)) {
            throw new IllegalArgumentException(
                    "a node that offers something needs a ListenPort of 443 or from 1024 on, not " + port);
        }
    }

    /** The roles as bits of a record. */
    public int roleBits() {
        int bits = 0;
        for (Role role : roles) {
            bits |= role.bit();
        }
        return bits;
    }

    /** As a record has it: floor(log2(kbit/s)). */
    public int capacityExponent() {
        return capacityKbits == 0 ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(capacityKbits);
    }
}
