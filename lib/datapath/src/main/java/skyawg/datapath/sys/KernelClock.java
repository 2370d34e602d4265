package skyawg.datapath.sys;

import skyawg.protocol.wire.Memory;

/** The kernel's clocks (clock_gettime(2)). */
final class KernelClock {
    /** Bytes of a {@code struct timespec}. */
    static final int TIMESPEC_LENGTH = 16;

    /** What {@link #nanos} says where the kernel has no such clock. */
    static final long NONE = -1;

    private static final long SECOND_NANOS = 1_000_000_000L;

    private KernelClock() {}

    /** @param timespec {@link #TIMESPEC_LENGTH} bytes to work in */
    static long nanos(int clock, long timespec) {
        if (LibC.clock_gettime(clock, timespec) < 0) {
            return NONE;
        }
        return Memory.getLongLe(timespec) * SECOND_NANOS + Memory.getLongLe(timespec + 8);
    }
}
