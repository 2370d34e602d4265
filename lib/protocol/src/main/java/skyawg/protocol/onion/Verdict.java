package skyawg.protocol.onion;

/**
 * What became of a data packet that {@link skyawg.protocol.mpls.LinkPayload} let pass. The reasons to drop it stand in
 * the order in which they are looked for; each is a counter somewhere, none is an error.
 */
public enum Verdict {
    /** Good so far; after a layer was crossed: it carries what the next link must see, but for its label. */
    PASSED,
    /** Opened at its end: origin IV and plaintext lie in its place. */
    ACCEPTED,
    /** A hop message, opened: by the transit it is for, or by the ingress. */
    HOP_MESSAGE,

    /** The origin IV names another LSP than the one it came on; what a changed IV comes out as, too. */
    LSP_NUMBER,
    /** No keys are there for its epoch. */
    EPOCH,
    /** The tag is wrong. */
    AEAD,
    /** User data numbered as control, or control not numbered by its path sequence. */
    SEQUENCE_SPACE,
    /** User data in epoch 0, whose key only the set-up protects. */
    USER_DATA_IN_EPOCH_0,
    /** The content is shorter than its kind needs, or no whole IP packet. */
    CONTENT,
    /** User data that came on another LSP already: not to be delivered again, though it did come on this one. */
    DUPLICATE,
    /** Received before, or further behind the newest than the replay window is wide. */
    REPLAYED;

    /** False for the reasons to drop a packet. */
    public boolean isGood() {
        return this == PASSED || this == ACCEPTED || this == HOP_MESSAGE;
    }

    /** Whether it counts towards an LSP being given up: see {@link FailureWatch}. */
    public boolean isSuspicious() {
        return this == LSP_NUMBER || this == AEAD;
    }
}
