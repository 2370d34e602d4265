package skyawg.datapath.sys;

import skyawg.protocol.wire.Memory;

/**
 * {@code struct cmsghdr} (cmsg(3)): length including this header, level, type, then data; each starts on a multiple of
 * 8.
 *
 * <pre>
 *  0        8       12     16
 *  +--------+-------+------+------ ...
 *  | length | level | type | data
 *  +--------+-------+------+------ ...
 * </pre>
 */
public final class ControlMessage {
    public static final int HEADER_SIZE = 16;

    private ControlMessage() {}

    /** Writes the header of a message with {@code dataLength} bytes; returns where its data goes. */
    public static long put(long message, int level, int type, int dataLength) {
        Memory.putLongLe(message, HEADER_SIZE + dataLength);
        Memory.putIntLe(message + 8, level);
        Memory.putIntLe(message + 12, type);
        return message + HEADER_SIZE;
    }

    /** Room that a message with {@code dataLength} bytes takes. */
    public static int space(int dataLength) {
        return HEADER_SIZE + ((dataLength + 7) & ~7);
    }

    public static int length(long message) {
        return (int) Memory.getLongLe(message);
    }

    public static int level(long message) {
        return Memory.getIntLe(message + 8);
    }

    public static int type(long message) {
        return Memory.getIntLe(message + 12);
    }

    public static long data(long message) {
        return message + HEADER_SIZE;
    }
}
