package skyawg.datapath.sys;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/** How the kernel schedules the calling thread (sched(7)). Belongs to one thread. */
public final class ThreadSchedule {
    private static final int SCHED_OTHER = 0;
    private static final int SCHED_RR = 2;
    /** Threads and processes begun by this one are ordinary again. */
    private static final int SCHED_RESET_ON_FORK = 0x4000_0000;

    private static final int LOWEST_REAL_TIME_PRIORITY = 1;
    private static final int CLOCK_PROCESS_CPUTIME_ID = 2;
    private static final int CLOCK_THREAD_CPUTIME_ID = 3;
    private static final int CALLING_THREAD = 0;

    private final long priority;
    private final long timespec;

    public ThreadSchedule(Arena arena) {
        priority = Memory.allocate(arena, Integer.BYTES);
        timespec = Memory.allocate(arena, Timespec.SIZE);
    }

    /**
     * Puts the calling thread before all ordinary threads (SCHED_RR at the lowest priority).
     *
     * @return false where that is not permitted: without CAP_SYS_NICE and with an RLIMIT_RTPRIO of 0
     */
    public boolean putFirst() {
        return putFirst(LOWEST_REAL_TIME_PRIORITY);
    }

    /**
     * Puts the calling thread before all ordinary threads, and before those of a lower priority.
     *
     * @param level 1 to 99
     * @return false where that is not permitted
     */
    public boolean putFirst(int level) {
        Memory.putIntLe(priority, level);
        return LibC.sched_setscheduler(CALLING_THREAD, SCHED_RR | SCHED_RESET_ON_FORK, priority) == 0;
    }

    /** Makes the calling thread an ordinary one again, which is always permitted. */
    public void makeOrdinary() {
        Memory.putIntLe(priority, 0);
        LibC.sched_setscheduler(CALLING_THREAD, SCHED_OTHER, priority);
    }

    /** Processor time that the calling thread has used, in nanoseconds. */
    public long ownNanos() {
        return read(CLOCK_THREAD_CPUTIME_ID);
    }

    /** Processor time that all threads of the process have used, in nanoseconds. */
    public long processNanos() {
        return read(CLOCK_PROCESS_CPUTIME_ID);
    }

    private long read(int clock) {
        return KernelClock.nanos(clock, timespec);
    }
}
