package skyawg.protocol.onion;

/**
 * Where the six keys of a hop lie in the 160 bytes that a set-up derives for it. F is the direction from the ingress, R
 * the one towards it.
 *
 * <pre>
 *   0      32      64      80      96      128     160
 *   |  KF  |  KR   |  PF   |  PR   |  MF   |  MR   |
 *    stream keys    permutations    hop messages
 * </pre>
 *
 * <p>Whoever makes an onion's end or transit from them keeps the 160 bytes and wipes them: each takes copies.
 */
public final class HopKeys {
    public static final int LENGTH = 160;

    static final int FORWARD_STREAM_OFFSET = 0;
    static final int REVERSE_STREAM_OFFSET = 32;
    static final int FORWARD_PERMUTATION_OFFSET = 64;
    static final int REVERSE_PERMUTATION_OFFSET = 80;
    static final int FORWARD_MESSAGE_OFFSET = 96;
    static final int REVERSE_MESSAGE_OFFSET = 128;

    private HopKeys() {}
}
