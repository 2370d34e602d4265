package skyawg.protocol.setup;

/** Why a set-up was dropped without an answer. Each is a counter somewhere. */
public enum SetupDrop implements Opening {
    /** Too short, of another version, or with a label that no link gives out. */
    MALFORMED,
    /** The neighbour sends more than its share. */
    NEIGHBOUR_RATE,
    /** All neighbours together send more than the node takes. */
    NODE_RATE,
    /** No key M of ours has this id, or it is erased. */
    UNKNOWN_KEY,
    /** The request's key E was seen in the last 300 s. */
    REPLAYED,
    /** The replay filter has no room for another E. */
    FILTER_FULL,
    /** Slot 0 does not open: it was changed, meant for another node or network, or E is of low order. */
    NOT_GENUINE
}
