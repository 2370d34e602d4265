package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PrefixSet;
import skyawg.protocol.names.SpecialAddresses;

/**
 * How many nodes of the sample claim addresses in each block: at most 2 in a /24 or /48, 5 in a /16 or /32. Addresses
 * near one another are cheap to have for one owner. Addresses of private networks and of this machine count nowhere:
 * they are reached only where the operator says so, and a network of a few machines has all its nodes in one block.
 */
final class AddressBlocks {
    static final int MAX_IN_SMALL = 2;
    static final int MAX_IN_LARGE = 5;

    private static final int SMALL_4 = 24;
    private static final int LARGE_4 = 16;
    private static final int SMALL_6 = 48;
    private static final int LARGE_6 = 32;

    private static final PrefixSet UNBOUNDED = PrefixSet.of(Stream.concat(
                    SpecialAddresses.PRIVATE.stream(), Stream.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("::1/128")))
            .toList());

    private final Map<Cidr, List<Claim>> claims = new HashMap<>();

    /** Other nodes in the first block that has no room for the claim; empty when all have. */
    List<Node> inTheWayOf(Claim claim) {
        for (Cidr block : blocksOf(claim)) {
            List<Node> others = nodesIn(block, claim.node());
            if (others.size() >= bound(block)) {
                return others;
            }
        }
        return List.of();
    }

    void add(Claim claim) {
        for (Cidr block : blocksOf(claim)) {
            claims.computeIfAbsent(block, b -> new ArrayList<>(1)).add(claim);
        }
    }

    void remove(Claim claim) {
        for (Cidr block : blocksOf(claim)) {
            List<Claim> there = claims.get(block);
            if (there != null && there.remove(claim) && there.isEmpty()) {
                claims.remove(block);
            }
        }
    }

    private List<Node> nodesIn(Cidr block, Node apart) {
        List<Node> found = new ArrayList<>(MAX_IN_LARGE);
        for (Claim claim : claims.getOrDefault(block, List.of())) {
            if (claim.node() != apart && !found.contains(claim.node())) {
                found.add(claim.node());
            }
        }
        return found;
    }

    private static int bound(Cidr block) {
        return block.prefixBits() == SMALL_4 || block.prefixBits() == SMALL_6 ? MAX_IN_SMALL : MAX_IN_LARGE;
    }

    private static List<Cidr> blocksOf(Claim claim) {
        List<Cidr> blocks = new ArrayList<>(4);
        if (claim.hasAddress4() && !UNBOUNDED.contains(claim.addressed().ip4())) {
            IpAddress address = claim.addressed().ip4();
            blocks.add(new Cidr(address, SMALL_4));
            blocks.add(new Cidr(address, LARGE_4));
        }
        if (claim.hasAddress6() && !UNBOUNDED.contains(claim.addressed().ip6())) {
            IpAddress address = claim.addressed().ip6();
            blocks.add(new Cidr(address, SMALL_6));
            blocks.add(new Cidr(address, LARGE_6));
        }
        return blocks;
    }

    int size() {
        return claims.size();
    }
}
