package skyawg.protocol.mpls;

/** What a node does with a packet of an LSP (RFC 3031 §3.10). Stacks of the mesh have one label. */
public enum Operation {
    /** An end puts the first label on. */
    PUSH,
    /** A transit replaces the label. */
    SWAP,
    /** The other end takes the label off. */
    POP
}
