package skyawg.datapath.sys;

import skyawg.protocol.wire.Memory;

/**
 * {@code struct mmsghdr} (recvmmsg(2)): a {@code msghdr} and the number of bytes moved.
 *
 * <pre>
 *  0       8          16    24        32       40          48      56       60     64
 *  +-------+----------+-----+---------+--------+-----------+-------+--------+------+
 *  | name  | name len | iov | iov len | control| ctl len   | flags | length | pad  |
 *  +-------+----------+-----+---------+--------+-----------+-------+--------+------+
 * </pre>
 */
public final class MmsgHdr {
    public static final int SIZE = 64;

    private static final int NAME_LENGTH_OFFSET = 8;
    private static final int IOVEC_OFFSET = 16;
    private static final int IOVEC_COUNT_OFFSET = 24;
    private static final int CONTROL_OFFSET = 32;
    private static final int CONTROL_LENGTH_OFFSET = 40;
    private static final int FLAGS_OFFSET = 48;
    private static final int LENGTH_OFFSET = 56;

    private MmsgHdr() {}

    public static void name(long header, long address, int length) {
        Memory.putLongLe(header, address);
        Memory.putIntLe(header + NAME_LENGTH_OFFSET, length);
    }

    public static void nameLength(long header, int length) {
        Memory.putIntLe(header + NAME_LENGTH_OFFSET, length);
    }

    public static void iovecs(long header, long address, int count) {
        Memory.putLongLe(header + IOVEC_OFFSET, address);
        Memory.putLongLe(header + IOVEC_COUNT_OFFSET, count);
    }

    public static void control(long header, long address, int length) {
        Memory.putLongLe(header + CONTROL_OFFSET, address);
        Memory.putLongLe(header + CONTROL_LENGTH_OFFSET, length);
    }

    public static void controlLength(long header, int length) {
        Memory.putLongLe(header + CONTROL_LENGTH_OFFSET, length);
    }

    public static int controlLength(long header) {
        return (int) Memory.getLongLe(header + CONTROL_LENGTH_OFFSET);
    }

    public static void clearFlags(long header) {
        Memory.putIntLe(header + FLAGS_OFFSET, 0);
    }

    /** Bytes received or sent. */
    public static int length(long header) {
        return Memory.getIntLe(header + LENGTH_OFFSET);
    }
}
