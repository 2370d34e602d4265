package skyawg.protocol.record;

/** What a record is good for, by itself. Whether it is true shows when the node is used. */
public enum RecordVerdict {
    /** Set-ups can be sealed to it. */
    USABLE,
    /** Names a node, not its key of the day: ask for the present record, if the source is one of long-lived entries. */
    NAMES_NODE_ONLY,

    /** Ignored: of another network. */
    OTHER_NETWORK,
    /** Ignored: S is zero, or the same as M. */
    BAD_KEYS,
    /** Ignored: M is expired. */
    EXPIRED,
    /** Ignored: M is zero. */
    NO_MEDIUM_TERM_KEY;

    /**
     * @param isLongLived whether the source is a list or a block chain, whose entries may outlive M
     * @param unixSeconds now
     */
    public static RecordVerdict judge(NodeRecord candidate, NetworkId network, boolean isLongLived, long unixSeconds) {
        if (candidate.networkPrefix() != network.prefix()) {
            return OTHER_NETWORK;
        }
        if (!candidate.hasStaticKey() || candidate.staticKey().equals(candidate.mediumTermKey())) {
            return BAD_KEYS;
        }
        if (!candidate.hasMediumTermKey()) {
            return isLongLived ? NAMES_NODE_ONLY : NO_MEDIUM_TERM_KEY;
        }
        if (candidate.isExpired(unixSeconds)) {
            return isLongLived ? NAMES_NODE_ONLY : EXPIRED;
        }
        return USABLE;
    }

    public boolean isIgnored() {
        return this != USABLE && this != NAMES_NODE_ONLY;
    }
}
