package skyawg.mesh.lsp;

/** Why a neighbour's message was dropped, beside the reasons of {@link skyawg.protocol.setup.SetupDrop}. */
public enum SignalDrop {
    /** Too short, of another version, or with a label that no link gives out. */
    MALFORMED,
    /** A channel type that this version does not know. */
    UNKNOWN_CHANNEL,
    /** A set-up, and the neighbour holds as many paths as one may. */
    NEIGHBOUR_FULL,
    /** A set-up, and the node holds as many paths as it may. */
    NODE_FULL,
    /** A reply that nobody waits for. */
    UNKNOWN_REPLY,
    /** A release of a label that means nothing here. */
    UNKNOWN_RELEASE,
    /** A link test, and a second has had its three answers; or an answer that was not asked for. */
    LINK_TEST,
    /** A BFD packet that does not fit its session: see {@link skyawg.protocol.liveness.BfdVerdict}. */
    BFD
}
