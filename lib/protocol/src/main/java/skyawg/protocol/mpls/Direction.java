package skyawg.protocol.mpls;

/** Which way packets of an LSP go. */
public enum Direction {
    /** From the ingress to the egress. */
    FORWARD,
    /** Towards the ingress. */
    REVERSE
}
