package skyawg.mesh.nodes;

import skyawg.protocol.record.RecordVerdict;

/** What became of a record that was offered to the sample. */
public enum OfferVerdict {
    /** A node that was not known. */
    ADDED,
    /** A new claim about a known node, or a newer one by its publisher. */
    UPDATED,
    /** Nothing new. */
    KNOWN,

    /** Ignored: our own record. */
    OURS,
    /** Ignored: a peer that was asked for its record gave another node's. */
    NOT_ITS_OWN,
    /** Ignored: of another network. */
    OTHER_NETWORK,
    /** Ignored: S is zero, or the same as M. */
    BAD_KEYS,
    /** Ignored: M is expired. */
    EXPIRED,
    /** Ignored: M is zero. */
    NO_MEDIUM_TERM_KEY,
    /** Ignored: the publisher has handed over a newer one, or another one under the same number. */
    OLDER,
    /** Ignored: the node was seen to call another record its own. */
    HELD_FALSE,
    /** Ignored: its publisher handed over false records before. */
    PUBLISHER_LIES,
    /** Ignored: offers nothing, or lists no address. */
    OF_NO_USE,
    /** No place: its block of addresses is full. */
    BLOCK_FULL,
    /** No place: four others say something about this node. */
    CLAIMS_FULL,
    /** No place: the sample is full of nodes that are better known. */
    SAMPLE_FULL;

    public boolean isTaken() {
        return this == ADDED || this == UPDATED || this == KNOWN;
    }

    /** @param verdict one that is ignored */
    static OfferVerdict of(RecordVerdict verdict) {
        return switch (verdict) {
            case OTHER_NETWORK -> OTHER_NETWORK;
            case BAD_KEYS -> BAD_KEYS;
            case EXPIRED -> EXPIRED;
            case NO_MEDIUM_TERM_KEY -> NO_MEDIUM_TERM_KEY;
            case USABLE, NAMES_NODE_ONLY ->
                throw new IllegalArgumentException("a record that is " + verdict + " is not ignored");
        };
    }
}
