package skyawg.mesh.nodes;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;

/** Who gives way to a newcomer when a block, a node's claims or the sample are full. */
final class Displacement {
    /** Nodes looked at for the one to give way. */
    private static final int PROBES = 16;

    /* How easily a node gives way. */
    private static final int NEVER = 0;
    private static final int PROVED = 1;
    private static final int UNPROVED = 2;
    private static final int FAILING = 3;
    private static final int OVER = 4;

    private final ClaimTables tables;
    private final Entropy entropy;

    Displacement(ClaimTables tables, Entropy entropy) {
        this.tables = tables;
        this.entropy = entropy;
    }

    /** @return null when there is room for the claim now, or what is full */
    @Nullable
    OfferVerdict makeRoomFor(Claim claim, long unixSeconds) {
        boolean isStrangers = claim.origin().source().isOpenToStrangers();
        if (isStrangers && !makeRoomInBlocks(claim, unixSeconds)) {
            return OfferVerdict.BLOCK_FULL;
        }
        if (claim.node().modifiableClaims().size() >= Node.MAX_CLAIMS && !displaceClaim(claim)) {
            return OfferVerdict.CLAIMS_FULL;
        }
        boolean needsPlace = !tables.has(claim.node()) && tables.nodes().size() >= NodeSample.MAX_NODES;
        return needsPlace && !displaceNode(isStrangers, unixSeconds) ? OfferVerdict.SAMPLE_FULL : null;
    }

    /** Nodes that are of no use any more give way to others of their block. */
    private boolean makeRoomInBlocks(Claim claim, long unixSeconds) {
        List<Node> inTheWay = tables.blocks().inTheWayOf(claim);
        while (!inTheWay.isEmpty()) {
            Node worst = inTheWay.getFirst();
            for (Node node : inTheWay) {
                if (expendability(node, unixSeconds) > expendability(worst, unixSeconds)) {
                    worst = node;
                }
            }
            if (expendability(worst, unixSeconds) < FAILING) {
                return false;
            }
            tables.remove(worst);
            inTheWay = tables.blocks().inTheWayOf(claim);
        }
        return true;
    }

    /** Among unproved claims of no better source, and the new one itself, a drawn one goes. */
    private boolean displaceClaim(Claim claim) {
        List<Claim> expendable = new ArrayList<>();
        for (Claim other : claim.node().modifiableClaims()) {
            if (other.standing() == Standing.CLAIMED && Node.isAsGoodASource(claim, other)) {
                expendable.add(other);
            }
        }
        if (expendable.isEmpty()) {
            return false;
        }
        boolean isProved = claim.standing() != Standing.CLAIMED;
        int drawn = (int) entropy.uniform(0, expendable.size() - (isProved ? 1 : 0));
        if (drawn < expendable.size()) {
            tables.detach(expendable.get(drawn));
        }
        return drawn < expendable.size();
    }

    private boolean displaceNode(boolean isStrangers, long unixSeconds) {
        Node worst = drawn();
        for (int i = 1; i < PROBES; i++) {
            Node other = drawn();
            if (expendability(other, unixSeconds) > expendability(worst, unixSeconds)) {
                worst = other;
            }
        }
        int expendability = expendability(worst, unixSeconds);
        boolean givesWay = isStrangers
                ? expendability >= FAILING || (expendability == UNPROVED && entropy.uniform(0, 1) == 0)
                : expendability >= PROVED;
        if (givesWay) {
            tables.remove(worst);
        }
        return givesWay;
    }

    private Node drawn() {
        List<Node> nodes = tables.nodes();
        return nodes.get((int) entropy.uniform(0, nodes.size() - 1L));
    }

    private static int expendability(Node node, long unixSeconds) {
        if (node.isGuard() || node.isStatic()) {
            return NEVER;
        }
        if (node.current(unixSeconds).isEmpty()) {
            return OVER;
        }
        if (node.measurements().isFailing()) {
            return FAILING;
        }
        return node.isProved() ? PROVED : UNPROVED;
    }
}
