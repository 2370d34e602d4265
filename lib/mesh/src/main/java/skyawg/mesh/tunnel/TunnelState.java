package skyawg.mesh.tunnel;

/** Where a tunnel stands at its ingress. */
public enum TunnelState {
    /** No path has come about yet. */
    OPENING,
    /** A path is there; the first keys of two sorts are being agreed on. */
    AGREEING,
    /** At least one path is up. */
    UP,
    /** It was up, and no path is: packets are dropped while others are sought. */
    DOWN,
    /** Over. A new tunnel may take its place. */
    CLOSED
}
