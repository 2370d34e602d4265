package skyawg.protocol.onion;

import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Flyweight over what the two ends of a message seal and open, big-endian:
 *
 * <pre>
 *   0   kind       1   bit 7: an ACK block follows
 *   1   send time  4   microseconds of the sender's own clock, wraps
 *   5   ACK block 32   only with bit 7
 *   ..  content        by kind: see {@link Kind}
 *   ..  zeros          any number
 * </pre>
 */
public final class Plaintext {
    public static final int HEAD_LENGTH = 5;
    public static final int ACK_BLOCK_LENGTH = 32;
    /** The largest IP packet that the mesh carries. */
    public static final int MESH_MTU = 1336;

    public static final int MAX_LENGTH = HEAD_LENGTH + MESH_MTU;

    private static final int SEND_TIME_OFFSET = 1;
    private static final int ACK_BLOCK_FLAG = 0x80;
    private static final int KIND_MASK = 0x7f;

    private Plaintext() {}

    /** Writes kind and time of a plaintext without an ACK block; content goes to {@link #HEAD_LENGTH}. */
    public static void putHead(long plaintext, int kind, int sendTimeMicros) {
        Memory.putByte(plaintext, kind);
        Memory.putIntBe(plaintext + SEND_TIME_OFFSET, sendTimeMicros);
    }

    /**
     * Writes kind and time of a plaintext with an ACK block; its 32 bytes go to {@link #HEAD_LENGTH}, content behind.
     */
    public static void putHeadWithAckBlock(long plaintext, int kind, int sendTimeMicros) {
        putHead(plaintext, kind | ACK_BLOCK_FLAG, sendTimeMicros);
    }

    /** Without the flag of the ACK block: 0 to 127. */
    public static int kind(long plaintext) {
        return Memory.getByte(plaintext) & KIND_MASK;
    }

    /** Wraps. */
    public static int sendTimeMicros(long plaintext) {
        return Memory.getIntBe(plaintext + SEND_TIME_OFFSET);
    }

    /** Whether an ACK block lies at {@link #HEAD_LENGTH}. */
    public static boolean hasAckBlock(long plaintext) {
        return (Memory.getByte(plaintext) & ACK_BLOCK_FLAG) != 0;
    }

    /** Where the content begins. */
    public static int contentOffset(long plaintext) {
        return hasAckBlock(plaintext) ? HEAD_LENGTH + ACK_BLOCK_LENGTH : HEAD_LENGTH;
    }

    /**
     * Length of the content without padding: of an IP packet by its own header, of other kinds as they say. Nothing of
     * an IP packet is looked at but its version and length.
     *
     * @param length of the plaintext, at least {@link #HEAD_LENGTH}
     * @return -1 when the plaintext is too short for its kind, or holds no whole IP packet where it should
     */
    public static int contentLength(long plaintext, int length) {
        int offset = contentOffset(plaintext);
        int available = length - offset;
        if (available < 0) {
            return -1;
        }
        int kind = kind(plaintext);
        if (kind == Kind.IP_PACKET) {
            return IpHeader.packetLength(plaintext + offset, available);
        }
        int needed = Kind.contentLength(kind);
        return needed <= available ? needed : -1;
    }
}
