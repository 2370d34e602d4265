package skyawg.datapath.sys;

import skyawg.protocol.wire.Memory;

/**
 * {@code struct timespec} (timespec(3)).
 *
 * <pre>
 *  0        8             16
 *  +--------+-------------+
 *  | seconds| nanoseconds |
 *  +--------+-------------+
 * </pre>
 */
public final class Timespec {
    public static final int SIZE = 16;
    private static final int NANOSECONDS_OFFSET = 8;
    private static final long SECOND_NANOS = 1_000_000_000L;

    private Timespec() {}

    /** @param nanos zero or more */
    public static void set(long timespec, long nanos) {
        Memory.putLongLe(timespec, nanos / SECOND_NANOS);
        Memory.putLongLe(timespec + NANOSECONDS_OFFSET, nanos % SECOND_NANOS);
    }

    /** All of it in nanoseconds. */
    public static long nanos(long timespec) {
        return Memory.getLongLe(timespec) * SECOND_NANOS + Memory.getLongLe(timespec + NANOSECONDS_OFFSET);
    }
}
