package skyawg.protocol.noise;

/** What became of a received handshake message or cookie reply. Each is a counter somewhere; none is an error. */
public enum Verdict {
    /** A valid initiation: the response has been sent and the session waits for its confirmation. */
    INITIATION_ACCEPTED,
    /** A valid response: the session is current. */
    RESPONSE_ACCEPTED,
    /** A valid cookie reply: the next initiation carries mac2. */
    COOKIE_ACCEPTED,

    /** mac1 is wrong: not meant for us, or not this kind of message. The caller may try the next candidate. */
    WRONG_MAC1,
    /** Under load without a valid mac2: a cookie reply has been sent. */
    COOKIE_SENT,
    /** Under load without a valid mac2, and cookie replies are switched off. */
    REFUSED_UNDER_LOAD,
    /** Under load, and this source has sent too many. */
    RATE_LIMITED,

    /** The interface is down or has no private key. */
    NOT_LISTENING,
    /** The sealed parts do not open, or a public key is of low order. */
    NOT_GENUINE,
    /** The initiator's static key is no peer's, and as a stranger's it is refused ({@link StrangerRefusal}). */
    UNKNOWN_PEER,
    /** The timestamp is not newer than the last accepted one, or may have been answered before a restart. */
    REPLAYED_TIMESTAMP,
    /** Too soon after the last accepted initiation of this peer. */
    TOO_FREQUENT,
    /** No handshake of ours has this receiver index. */
    UNKNOWN_INDEX;

    /** True when the message changed something. */
    public boolean isAccepted() {
        return this == INITIATION_ACCEPTED || this == RESPONSE_ACCEPTED || this == COOKIE_ACCEPTED;
    }
}
