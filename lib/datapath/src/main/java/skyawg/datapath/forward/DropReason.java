package skyawg.datapath.forward;

/** Why a packet went no further. Each is counted by interface. */
public enum DropReason {
    /** From the TUN: not a packet that can be cut and sent. */
    MALFORMED_FRAME,
    /** From the TUN: no peer's allowed IPs hold the destination. */
    NO_ALLOWED_IP,
    /** For a peer whose endpoint is not known. */
    NO_ENDPOINT,
    /** Staged for a session and pushed out by later ones, or the handshake was given up. */
    STAGE_OVERFLOW,
    /** The system did not take the datagram. */
    SEND_REFUSED,
    /** From the network: junk, or not meant for us. */
    UNKNOWN_TYPE,
    /** Transport data with a receiver index that is no session's. */
    UNKNOWN_INDEX,
    /** For a session that is past its time. */
    EXPIRED_SESSION,
    /** A counter that was seen before or is too old. */
    REPLAYED,
    /** The tag is wrong. */
    NOT_AUTHENTIC,
    /** Authentic, but not an IP packet. */
    BAD_INNER_PACKET,
    /** Authentic, but from an address that is not the peer's. */
    WRONG_SOURCE,
    /** A handshake message for somebody else, or junk that looks like one. */
    WRONG_MAC1,
    /** The handshake queue is full. */
    HANDSHAKE_QUEUE_FULL,
    /** The TUN did not take the packet: the link is down. */
    TUN_REFUSED
}
