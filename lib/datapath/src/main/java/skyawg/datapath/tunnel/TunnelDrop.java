package skyawg.datapath.tunnel;

/** Why a user's packet went no further at this end of a tunnel. */
public enum TunnelDrop {
    /** No tunnel is meant for it. There is no other way: it must not leave by another exit, or in the clear. */
    NO_TUNNEL,
    /** The tunnel has no keys of both sorts yet. */
    NO_KEYS,
    /** No path of the tunnel is up. */
    NO_PATH,
    /** No IP packet, or one that does not add up. */
    MALFORMED,
    /** Its address is not one that the tunnel maps, or was granted. */
    ADDRESS,
    /** The exit service does not serve its destination. */
    NOT_SERVED,
    /** Too long for the mesh, and not to be cut. */
    TOO_LONG,
    /** Its hop limit was used up. */
    HOP_LIMIT,
    /** The network interface did not take it. */
    DEVICE_REFUSED,
    /** Another packet thread is behind with its work. */
    QUEUE_FULL
}
