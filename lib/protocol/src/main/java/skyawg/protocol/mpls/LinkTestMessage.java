package skyawg.protocol.mpls;

import skyawg.protocol.wire.Memory;

/**
 * Shows that a link carries payloads of full size: whoever gets one sends one as large back.
 *
 * <pre>
 *   0             4    5   6             8         16                    1380
 *   | 10 00 7F FC | op | 0 | size = 1380 | token   | zeros               |
 * </pre>
 */
public final class LinkTestMessage {
    /** The mesh device's MTU, and the only size there is. */
    public static final int LENGTH = 1380;

    private static final int OP_OFFSET = 4;
    private static final int SIZE_OFFSET = 6;
    private static final int TOKEN_OFFSET = 8;
    private static final int ZEROS_OFFSET = 16;
    private static final int ASK = 1;
    private static final int ANSWER = 2;

    private LinkTestMessage() {}

    /** @param token 8 random bytes */
    public static void writeAsk(long message, long token) {
        write(message, ASK, token);
    }

    /** @param token the one asked with */
    public static void writeAnswer(long message, long token) {
        write(message, ANSWER, token);
    }

    private static void write(long message, int op, long token) {
        ChannelHeader.write(message, ChannelHeader.LINK_TEST);
        Memory.putByte(message + OP_OFFSET, op);
        Memory.putByte(message + OP_OFFSET + 1, 0);
        Memory.putShortBe(message + SIZE_OFFSET, LENGTH);
        Memory.putLongBe(message + TOKEN_OFFSET, token);
        Memory.fill(message + ZEROS_OFFSET, LENGTH - ZEROS_OFFSET, 0);
    }

    /** An ask that arrived whole. Anything that is neither this nor {@link #isAnswer} is dropped. */
    public static boolean isAsk(long message, int length) {
        return isWhole(message, length, ASK);
    }

    /** An answer that arrived whole. */
    public static boolean isAnswer(long message, int length) {
        return isWhole(message, length, ANSWER);
    }

    private static boolean isWhole(long message, int length, int op) {
        return length >= LENGTH
                && Memory.getByte(message + OP_OFFSET) == op
                && Memory.getShortBe(message + SIZE_OFFSET) == LENGTH;
    }

    public static long token(long message) {
        return Memory.getLongBe(message + TOKEN_OFFSET);
    }
}
