package skyawg.protocol.tunnelkeys;

/** What became of a received offer or answer. Each is a counter somewhere. */
public enum KemVerdict {
    /** New keys. */
    ACCEPTED,
    /** The offer that was answered already: the same answer again. */
    REPEATED,

    /** Too short, or of another version. */
    MALFORMED,
    /** Not the epoch that follows the current one. */
    WRONG_EPOCH,
    /** Another offer for the same epoch, within 5 s of the one that was answered. */
    TOO_SOON,
    /** An answer, and no offer waits for one. */
    NOT_EXPECTED,
    /** The encapsulation key fails the checks of FIPS 203, or the X25519 key is of low order. */
    BAD_KEY
}
