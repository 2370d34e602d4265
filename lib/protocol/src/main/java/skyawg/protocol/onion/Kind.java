package skyawg.protocol.onion;

/** What a plaintext holds. Plain numbers, since each packet has one; unknown ones are ignored and counted. */
public final class Kind {
    /** Nothing: cover, or only an ACK block. */
    public static final int NOTHING = 0;
    /** An IP packet, which knows its own length. The one kind of user data. */
    public static final int IP_PACKET = 1;

    public static final int ECHO_REQUEST = 2;
    public static final int ECHO_ANSWER = 3;
    public static final int KEM_OFFER = 4;
    public static final int KEM_ANSWER = 5;
    public static final int TUNNEL_CLOSE = 6;
    /** Whoever sends it has no more user data for this LSP; without content. From the ingress first, then answered. */
    public static final int PATH_RETIRED = 7;

    public static final int HOP_ECHO_REQUEST = 0x10;
    public static final int HOP_ECHO_ANSWER = 0x11;
    /** From a transit: the link behind it is broken. */
    public static final int HOP_BROKEN = 0x12;

    /** Content of the echoes: a number that the answer repeats. */
    public static final int TOKEN_LENGTH = 8;
    /** Content of {@link #TUNNEL_CLOSE} and {@link #HOP_BROKEN}: a reason. */
    public static final int REASON_LENGTH = 1;

    public static final int KEM_OFFER_LENGTH = 1220;
    public static final int KEM_ANSWER_LENGTH = 1124;

    private Kind() {}

    /** Bytes of content that a kind must have; 0 for kinds without, unknown ones, and IP packets. */
    static int contentLength(int kind) {
        return switch (kind) {
            case ECHO_REQUEST, ECHO_ANSWER, HOP_ECHO_REQUEST, HOP_ECHO_ANSWER -> TOKEN_LENGTH;
            case TUNNEL_CLOSE, HOP_BROKEN -> REASON_LENGTH;
            case KEM_OFFER -> KEM_OFFER_LENGTH;
            case KEM_ANSWER -> KEM_ANSWER_LENGTH;
            default -> 0;
        };
    }
}
