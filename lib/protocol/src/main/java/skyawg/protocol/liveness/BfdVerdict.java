package skyawg.protocol.liveness;

/** What became of a received BFD packet. All but {@link #ACCEPTED} are dropped and counted. */
public enum BfdVerdict {
    ACCEPTED,
    BAD_VERSION,
    /** Shorter than a BFD packet, or one that says another length than 24. */
    BAD_LENGTH,
    /** Authentication, demand, multipoint, poll and final at once, or a detect multiplier of zero. */
    BAD_FLAGS,
    /** The sender's is zero, or ours is not ours, or is missing where the sender must know it. */
    BAD_DISCRIMINATOR
}
