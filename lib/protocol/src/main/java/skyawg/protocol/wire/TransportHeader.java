package skyawg.protocol.wire;

/**
 * The header of a transport data message (WireGuard paper §5.4.6), unmasked, at the address of the message. All fields
 * are little-endian.
 *
 * <pre>
 *   0        4                8                  16
 *   | type   | receiver index | counter          | sealed content, tag |
 * </pre>
 */
public final class TransportHeader {
    public static final int LENGTH = 16;
    /** A message without content: header and tag. */
    public static final int MIN_MESSAGE_LENGTH = 32;

    private static final int TYPE_OFFSET = 0;
    private static final int RECEIVER_OFFSET = 4;
    private static final int COUNTER_OFFSET = 8;

    private TransportHeader() {}

    public static void write(long message, int typeWord, int receiverIndex, long counter) {
        Memory.putIntLe(message + TYPE_OFFSET, typeWord);
        Memory.putIntLe(message + RECEIVER_OFFSET, receiverIndex);
        Memory.putLongLe(message + COUNTER_OFFSET, counter);
    }

    public static int typeWord(long message) {
        return Memory.getIntLe(message + TYPE_OFFSET);
    }

    public static int receiverIndex(long message) {
        return Memory.getIntLe(message + RECEIVER_OFFSET);
    }

    /** Unsigned. */
    public static long counter(long message) {
        return Memory.getLongLe(message + COUNTER_OFFSET);
    }
}
