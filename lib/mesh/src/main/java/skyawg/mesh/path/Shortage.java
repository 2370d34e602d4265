package skyawg.mesh.path;

/** Why there are fewer paths than wanted. */
public enum Shortage {
    /** No node offers the exit service that the policy lets us use. */
    NO_EGRESS,
    /** The tunnel's egress cannot be used now. */
    EGRESS_LOST,
    /** No guard or pinned node can be a first hop. */
    NO_FIRST_HOP,
    /** Every first hop that can be used is in another path of the tunnel, or near one. */
    FIRST_HOPS_USED_UP,
    /** Not enough transits for this many. */
    TOO_FEW_TRANSITS,
    /** Enough nodes, but too many of them near one another, or without a common address family. */
    RULES_COLLIDE,
    /** Without transits there is one way to an egress only. */
    NO_TRANSITS_ASKED
}
