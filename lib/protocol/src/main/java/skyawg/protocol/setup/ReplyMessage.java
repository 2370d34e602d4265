package skyawg.protocol.setup;

import java.nio.ByteBuffer;
import java.util.Arrays;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.mpls.LabelStackEntry;

/**
 * The reply to a set-up as it travels over one link (associated channel type 0x7FF9):
 *
 * <pre>
 *   |1 0 0 0|ver = 0|   reserved = 0|          type 0x7FF9          |   0
 *   |  version = 1  |  accepted 1/0 |             zero              |   4
 *   |  the reverse LSE of the set-up, which it so names             |   8
 *   |  forward LSE: the label of packets towards the sender, or 0   |  12
 *   |                     area B, 6 slots of 144                    |  16
 * </pre>
 *
 * <p>Big-endian. What is reserved is sent as zero and ignored. Only the label of an LSE counts.
 */
public final class ReplyMessage {
    public static final int LENGTH = 880;
    public static final int CHANNEL = ChannelHeader.of(ChannelHeader.REPLY);

    static final int AREA_OFFSET = 16;

    private static final int VERSION_OFFSET = 4;
    private static final int ACCEPTED_OFFSET = 5;
    private static final int REVERSE_LSE_OFFSET = 8;
    private static final int FORWARD_LSE_OFFSET = 12;

    private ReplyMessage() {}

    /**
     * Writes the header; the area is the caller's.
     *
     * @param forwardLse 0 when refused
     */
    static void writeHeader(byte[] message, int reverseLse, int forwardLse) {
        Arrays.fill(message, 0, AREA_OFFSET, (byte) 0);
        ByteBuffer view = ByteBuffer.wrap(message);
        view.putInt(0, CHANNEL);
        view.put(VERSION_OFFSET, (byte) SetupMessage.VERSION);
        view.put(ACCEPTED_OFFSET, (byte) (forwardLse == 0 ? 0 : 1));
        view.putInt(REVERSE_LSE_OFFSET, reverseLse);
        view.putInt(FORWARD_LSE_OFFSET, forwardLse);
    }

    /**
     * Whether these bytes are a reply of this version. What lies behind its 880 bytes is the link's padding.
     *
     * @param length of the payload with its padding
     */
    public static boolean isWellFormed(byte[] message, int length) {
        return length >= LENGTH
                && message.length >= LENGTH
                && ByteBuffer.wrap(message).getInt(0) == CHANNEL
                && message[VERSION_OFFSET] == SetupMessage.VERSION;
    }

    /** Whether every hop behind has agreed: one that says so and gives no usable label has refused. */
    public static boolean isAccepted(byte[] message) {
        return message[ACCEPTED_OFFSET] == 1 && LabelStackEntry.isBindable(forwardLse(message));
    }

    /** The reverse LSE of the set-up that this answers: look it up among those sent over the same adjacency. */
    public static int reverseLse(byte[] message) {
        return ByteBuffer.wrap(message).getInt(REVERSE_LSE_OFFSET);
    }

    /** The label that the sender wants on packets to it, as an LSE. */
    public static int forwardLse(byte[] message) {
        return ByteBuffer.wrap(message).getInt(FORWARD_LSE_OFFSET);
    }
}
