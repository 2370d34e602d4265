package skyawg.protocol.liveness;

/** State of a BFD session (RFC 5880 §4.1, Sta); its number is the wire's. */
public enum BfdState {
    ADMIN_DOWN(0),
    DOWN(1),
    /** The neighbour was heard, but has not heard us yet. */
    INIT(2),
    UP(3);

    private final int code;

    BfdState(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }

    /** @param code two bits */
    static BfdState ofCode(int code) {
        return switch (code & 3) {
            case 0 -> ADMIN_DOWN;
            case 1 -> DOWN;
            case 2 -> INIT;
            default -> UP;
        };
    }
}
