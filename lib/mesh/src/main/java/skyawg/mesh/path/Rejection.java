package skyawg.mesh.path;

/** Why a node is not on a path. Of several reasons the first in this order is given. */
public enum Rejection {
    /** Does not offer transit, or not the exit service. */
    NOT_OFFERED,
    /** Neither a guard nor a pinned first hop. */
    NOT_A_FIRST_HOP,
    /** The policy names exits, or the tunnel has one, and this is another. */
    OTHER_EXIT_WANTED,
    /** No valid M is known: set-ups cannot be sealed to it. */
    NO_CURRENT_KEY,
    /** Another node proved that M is its own. */
    REFUTED,
    /** Failed lately. */
    RESTING,
    /** The policy avoids one of its tags. */
    AVOIDED,
    /** Lists no endpoint that may be dialled. */
    NO_ENDPOINT,
    /** Only over an address family that we do not have; for first hops. */
    NO_COMMON_FAMILY,

    /** Is in one of the tunnel's paths already, the ones chosen now included. */
    IN_USE,
    /** In one /16 or /32 with a node of the tunnel's paths. */
    SAME_BLOCK,
    /** Of one family with a node of the tunnel's paths. */
    SAME_FAMILY,
    /** Claims the M of a node of the tunnel's paths. */
    SAME_KEY,

    /** Nothing against it; chance took others. */
    NOT_DRAWN
}
