package skyawg.protocol.multipath;

/** What the caller of {@link Resequencer#place} does with the packet in its hands. */
public enum Placement {
    /** It is next: deliver it, then what {@link Resequencer#poll} gives. */
    IN_ORDER,
    /** Others went before it already: deliver it as it is. */
    LATE,
    /** Something before it is missing: keep it, and name it to {@link Resequencer#hold}. */
    HOLD,
    /** Others go first: deliver what {@link Resequencer#poll} gives until it gives nothing, then place it again. */
    DRAIN_FIRST
}
