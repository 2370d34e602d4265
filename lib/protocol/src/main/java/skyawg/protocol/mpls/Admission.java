package skyawg.protocol.mpls;

/** Whether a bound lets one more in. */
public enum Admission {
    ADMITTED,
    /** The neighbour holds as many as one may. */
    NEIGHBOUR_FULL,
    /** The node holds as many as it may, and this neighbour has its share. */
    NODE_FULL
}
