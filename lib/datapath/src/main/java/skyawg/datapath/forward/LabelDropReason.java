package skyawg.datapath.forward;

/** Why what a link of the mesh brought went no further. Each is counted by mesh device. */
public enum LabelDropReason {
    /** Neither IP nor a label nor a channel message, or one that breaks its own rules. */
    BAD_LINK_PAYLOAD,
    /** An IP packet, which no link of the mesh carries. */
    IP_ON_LINK,
    /** A label that this neighbour was not given, or whose LSP is not up. */
    UNKNOWN_LABEL,
    /** For a neighbour without a session: packets of the mesh do not wait for one. */
    NO_SESSION,
    /** It came with a rule's label, and has crossed as many nodes as a packet may: rules lead in a circle. */
    TTL_EXPIRED,
    /** A layer refused it. */
    BAD_ONION,
    /** A message of an ingress to this node that has no answer, or was one too many. */
    HOP_MESSAGE,
    /** Messages of neighbours came faster than they are dealt with. */
    CHANNEL_QUEUE_FULL,
    /** A message of a neighbour that has been removed, or whose session was replaced before it was confirmed. */
    NOT_ADJACENT
}
