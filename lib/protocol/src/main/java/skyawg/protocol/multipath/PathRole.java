package skyawg.protocol.multipath;

/** What a path of a tunnel is for. */
public enum PathRole {
    /** Carries user data. */
    ACTIVE,
    /** Is kept alive, to replace an active one that is suspect. */
    WARM,
    /** Has been replaced: carries nothing new, until what is on its way has come. */
    RETIRED
}
