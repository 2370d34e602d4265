package skyawg.protocol.noise;

/** Why a stranger's initiation drew no answer though mac1 was right and its static key opened. */
public enum StrangerRefusal {
    /** The static key is our own. */
    OWN_KEY,
    /** There are as many strangers as may be, or as many peers. */
    TOO_MANY_PEERS,
    /** As many strangers as may be have not used their session yet. */
    TOO_MANY_UNCONFIRMED,
    /** No stamp could be remembered when this one has gone. */
    MEMORY_FULL,
    /** The source address has no tokens left. */
    SOURCE_RATE,
    /** The stamp is too far from the clock on either side: one of the two clocks is wrong, or it is a replay. */
    WRONG_CLOCK,
    /** The stamp is not later than the beginning of a memory that is young. */
    BEFORE_START,
    /** The stamp is not newer than the last remembered one of this key. */
    REPLAYED
}
