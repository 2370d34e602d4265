package skyawg.protocol.setup;

/** A hop's answer to a set-up. The codes are those of the reply record. */
public enum Status {
    /** Agreed. */
    OK(0),
    /** No capacity: labels, LSPs, tunnels or addresses are used up. */
    NO_CAPACITY(1),
    /** The request breaks a rule of the hop, or cannot be understood. */
    POLICY(2),
    /** The record that the request was built from is not the hop's. */
    BAD_RECORD(3),
    /** The next hop does not answer. */
    NEXT_HOP_UNREACHABLE(4),
    /** The link to the next hop is too narrow for mesh packets. */
    PATH_MTU(5),
    /** The request's time is more than 120 s from the hop's, or from before the hop's start. */
    CLOCK(6),
    /** The exit service asked for is not offered. */
    SERVICE_NOT_OFFERED(7),
    /** The tunnel to join is not there. */
    UNKNOWN_TUNNEL(8),
    /** The tunnel to create is there already. */
    TUNNEL_EXISTS(9),
    /** The credit is not enough. */
    CREDIT(10),
    /** The hop is shutting down. */
    SHUTTING_DOWN(11),
    /** A code that this version does not know; only ever read. */
    UNKNOWN(255);

    private static final Status[] BY_CODE = {
        OK,
        NO_CAPACITY,
        POLICY,
        BAD_RECORD,
        NEXT_HOP_UNREACHABLE,
        PATH_MTU,
        CLOCK,
        SERVICE_NOT_OFFERED,
        UNKNOWN_TUNNEL,
        TUNNEL_EXISTS,
        CREDIT,
        SHUTTING_DOWN
    };

    private final int code;

    Status(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    static Status ofCode(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : UNKNOWN;
    }
}
