package skyawg.datapath.sys;

/** The kernel's clocks (clock_gettime(2)). */
final class KernelClock {
    /** What {@link #nanos} says where the kernel has no such clock. */
    static final long NONE = -1;

    private KernelClock() {}

    /** @param timespec {@link Timespec#SIZE} bytes to work in */
    static long nanos(int clock, long timespec) {
        return LibC.clock_gettime(clock, timespec) < 0 ? NONE : Timespec.nanos(timespec);
    }
}
