package skyawg.datapath.tunnel;

/** What the packets of a path show, for whoever decides about paths. */
public enum PathNews {
    /** What is sent on it is not acknowledged in time: users' packets avoid it. */
    SUSPECT,
    /** It was suspect, and an acknowledgement has come. */
    TRUSTED,
    /** Too many of its packets are not genuine: it must end. */
    SPOILED,
    /** It has numbered nearly as many packets as it can: it must be replaced. */
    WORN_OUT
}
