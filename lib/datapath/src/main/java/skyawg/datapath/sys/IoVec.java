package skyawg.datapath.sys;

import skyawg.protocol.wire.Memory;

/**
 * {@code struct iovec} (readv(2)).
 *
 * <pre>
 *  0        8        16
 *  +--------+--------+
 *  | base   | length |
 *  +--------+--------+
 * </pre>
 */
public final class IoVec {
    public static final int SIZE = 16;
    private static final int LENGTH_OFFSET = 8;

    private IoVec() {}

    public static void set(long iovec, long base, long length) {
        Memory.putLongLe(iovec, base);
        Memory.putLongLe(iovec + LENGTH_OFFSET, length);
    }
}
