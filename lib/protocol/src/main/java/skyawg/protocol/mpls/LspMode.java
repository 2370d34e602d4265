package skyawg.protocol.mpls;

/** What transits of an LSP do beside swapping the label. */
public enum LspMode {
    /** They add or take off a layer of encryption: what enters and what leaves have no bits in common. */
    ONION,
    /** Nothing: two transits can see that they carry the same packet. There are no hop messages. */
    FAST;

    /** By the flag of a request. */
    public static LspMode of(boolean isFast) {
        return isFast ? FAST : ONION;
    }
}
