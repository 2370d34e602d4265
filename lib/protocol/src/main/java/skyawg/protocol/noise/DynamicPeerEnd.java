package skyawg.protocol.noise;

/** Why a dynamic peer is no more. */
public enum DynamicPeerEnd {
    /** No session was confirmed in time. */
    UNCONFIRMED,
    /** Nobody used it for too long. */
    IDLE,
    /** Somebody removed it. */
    REMOVED
}
