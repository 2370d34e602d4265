package skyawg.mesh.nodes;

import java.util.Optional;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/**
 * Who chooses, and what can be reached from here. A link needs an address family that both of its ends have; sets of
 * families are the bits {@link #IPV4} and {@link #IPV6}.
 *
 * @param self our own S: never a hop
 * @param families that we can send by
 */
public record Vantage(PublicKey self, int families, EndpointRule rule) {
    public static final int IPV4 = 1;
    public static final int IPV6 = 2;

    public Vantage {
        if ((families & ~(IPV4 | IPV6)) != 0) {
            throw new IllegalArgumentException("address families are 1 (IPv4), 2 (IPv6) or 3, not " + families);
        }
    }

    /** Families in which the node lists an endpoint that may be dialled; 0: it can be an ingress only. */
    public int familiesOf(AddressedRecord addressed) {
        int bits = 0;
        if (isAllowed(addressed.endpoint4())) {
            bits |= IPV4;
        }
        if (isAllowed(addressed.endpoint6())) {
            bits |= IPV6;
        }
        return bits;
    }

    private boolean isAllowed(Optional<Endpoint> endpoint) {
        return endpoint.isPresent() && rule.allows(endpoint.get());
    }

    /**
     * Where the node is dialled by one that has {@code families}; IPv4 if both do, as its header is the shorter one.
     *
     * @throws IllegalArgumentException if there is no family in common
     */
    public Endpoint endpointFor(int families, AddressedRecord addressed) {
        int common = families & familiesOf(addressed);
        if (common == 0) {
            throw new IllegalArgumentException("no address family in common with " + addressed.node());
        }
        return ((common & IPV4) != 0 ? addressed.endpoint4() : addressed.endpoint6()).orElseThrow();
    }
}
