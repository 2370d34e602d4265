package skyawg.mesh.nodes;

/** How far a claim is known to be true, best first. */
public enum Standing {
    /** The node called this very record its own. */
    PROVED,
    /** Its publisher's record before was proved: M changes every day, and who told the truth goes on. */
    FOLLOWS_PROVED,
    /** Nobody but its publisher said so. */
    CLAIMED
}
