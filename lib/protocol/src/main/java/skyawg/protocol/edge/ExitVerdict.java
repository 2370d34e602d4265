package skyawg.protocol.edge;

/** Whether an egress lets a packet through. All but the first are reasons to drop it. */
public enum ExitVerdict {
    ADMITTED,
    /** No IP packet, or cut off within what its headers announce. */
    MALFORMED,
    /** From the tunnel: the source is not in the prefix that the tunnel was granted. */
    SOURCE_OUTSIDE_PREFIX,
    /** From the tunnel: the exit service does not serve this destination. */
    DESTINATION_NOT_SERVED,
    /** From the tunnel: the packet names further destinations behind the one that was checked. */
    SOURCE_ROUTED,
    /** To the tunnel: the destination is not in the prefix that the tunnel was granted. */
    DESTINATION_OUTSIDE_PREFIX
}
