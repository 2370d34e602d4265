package skyawg.protocol.record;

import java.util.Optional;
import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.wire.Memory;

/**
 * Asks a neighbour for its own record of today, over an adjacency that has proved its S; at most one a second.
 *
 * <pre>
 *   0             4    5       8             96     100    116
 *   | 10 00 7F FB | op | 0 0 0 | record 88   | IPv4 | IPv6 |     zeros from 8 in an ask
 * </pre>
 */
public final class RecordMessage {
    public static final int LENGTH = 8 + AddressedRecord.LENGTH;

    private static final int OP_OFFSET = 4;
    private static final int RECORD_OFFSET = 8;
    private static final int ASK = 1;
    private static final int ANSWER = 2;

    private RecordMessage() {}

    public static void writeAsk(long message) {
        writeHeader(message, ASK);
        Memory.clearShort(message + RECORD_OFFSET, AddressedRecord.LENGTH);
    }

    public static void writeAnswer(long message, AddressedRecord own) {
        writeHeader(message, ANSWER);
        Memory.copy(own.toBytes(), 0, message + RECORD_OFFSET, AddressedRecord.LENGTH);
    }

    private static void writeHeader(long message, int op) {
        ChannelHeader.write(message, ChannelHeader.RECORD);
        Memory.putIntBe(message + OP_OFFSET, op << 24);
    }

    /** @param length bytes at {@code message} */
    public static boolean isAsk(long message, int length) {
        return length >= LENGTH && Memory.getByte(message + OP_OFFSET) == ASK;
    }

    /**
     * The record of an answer; empty when it is none or of another version. It is the sender's only if its S is the
     * peer's key.
     *
     * @param length bytes at {@code message}
     */
    public static Optional<AddressedRecord> readAnswer(long message, int length) {
        if (length < LENGTH || Memory.getByte(message + OP_OFFSET) != ANSWER) {
            return Optional.empty();
        }
        byte[] bytes = new byte[AddressedRecord.LENGTH];
        Memory.copy(message + RECORD_OFFSET, bytes, 0, bytes.length);
        return AddressedRecord.decode(bytes, 0);
    }
}
