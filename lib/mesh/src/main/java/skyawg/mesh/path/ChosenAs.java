package skyawg.mesh.path;

/** Why a node is on a path. */
public enum ChosenAs {
    /** The policy pins first hops, and it was drawn among them. */
    PINNED_FIRST_HOP,
    /** Drawn among the guards. */
    GUARD,
    /** Drawn by weight among all that may be there. */
    DRAWN,
    /** The policy names exits, and it was drawn among them. */
    WANTED_EXIT,
    /** The tunnel ends there. */
    EGRESS_OF_TUNNEL,
    /** Its record is disputed, and there was no other. */
    LAST_RESORT
}
