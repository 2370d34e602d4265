package skyawg.mesh.path;

/** Where on a path a node stands. */
public enum Place {
    /** The first of the transits: it knows the ingress by address. */
    FIRST_HOP,
    /** The others. */
    TRANSIT,
    /** The last hop, which offers the exit service. It is the first hop as well if no transits are asked for. */
    EGRESS
}
