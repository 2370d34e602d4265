package skyawg.protocol.mpls;

/** What this node is to an LSP. */
public enum LspRole {
    /** It began the LSP: pushes forward, pops reverse. */
    INGRESS,
    /** It lies between: swaps both ways. */
    TRANSIT,
    /** The LSP ends here: pops forward, pushes reverse. */
    EGRESS
}
