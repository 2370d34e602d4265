package skyawg.protocol.setup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.mpls.LabelStackEntry;

/**
 * A set-up as it travels over one link (associated channel type 0x7FF8, experimental block of RFC 5586):
 *
 * <pre>
 *    0                   1                   2                   3
 *   |1 0 0 0|ver = 0|   reserved = 0|          type 0x7FF8          |   0
 *   |  version = 1  |   key id of M |             zero              |   4
 *   |  reverse LSE: the label of packets towards the sender         |   8
 *   |                            zero                               |  12
 *   |                     area A, 6 slots of 144                    |  16
 * </pre>
 *
 * <p>Big-endian. What is reserved is sent as zero and ignored. Only the label of an LSE counts.
 */
public final class SetupMessage {
    public static final int LENGTH = 880;
    public static final int CHANNEL = ChannelHeader.of(ChannelHeader.SET_UP);

    static final int VERSION = 1;
    static final int AREA_OFFSET = 16;

    private static final int VERSION_OFFSET = 4;
    private static final int KEY_ID_OFFSET = 5;
    private static final int REVERSE_LSE_OFFSET = 8;

    private SetupMessage() {}

    /** Writes the header; the area is the caller's. */
    static void writeHeader(byte[] message, int keyId, int reverseLse) {
        Arrays.fill(message, 0, AREA_OFFSET, (byte) 0);
        ByteBuffer view = ByteBuffer.wrap(message);
        view.putInt(0, CHANNEL);
        view.put(VERSION_OFFSET, (byte) VERSION);
        view.put(KEY_ID_OFFSET, (byte) keyId);
        view.putInt(REVERSE_LSE_OFFSET, reverseLse);
    }

    /**
     * Whether these bytes are a set-up of this version with a label that can be used. What lies behind its 880 bytes is
     * the link's padding.
     *
     * @param length of the payload with its padding
     */
    public static boolean isWellFormed(byte[] message, int length) {
        return length >= LENGTH
                && message.length >= LENGTH
                && ByteBuffer.wrap(message).getInt(0) == CHANNEL
                && message[VERSION_OFFSET] == VERSION
                && LabelStackEntry.isBindable(reverseLse(message));
    }

    /** Which of the receiver's keys M opens slot 0: 0 to 255. */
    public static int keyId(byte[] message) {
        return message[KEY_ID_OFFSET] & 0xff;
    }

    /** The label that the sender wants on packets to it, as an LSE. */
    public static int reverseLse(byte[] message) {
        return ByteBuffer.wrap(message).getInt(REVERSE_LSE_OFFSET);
    }
}
