package skyawg.mesh.nodes;

/** Whether somebody else says something else with the same S or M. */
public enum Dispute {
    NONE,
    /** Neither side is proved: ranks last, and never shares a path with the other. */
    UNDECIDED,
    /** Another node proved that M is its own. */
    LOST
}
