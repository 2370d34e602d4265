package skyawg.datapath.sys;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * A monotonic clock that goes on while the machine sleeps (CLOCK_BOOTTIME), at the price of {@link System#nanoTime}:
 * the distance between the two changes only with a sleep, and {@link #refresh} measures it anew. So after a sleep
 * sessions are as old as they really are.
 */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    /** Smaller differences are the time between the two readings. */
    private static final long NOISE_NANOS = 50_000_000L;

    private final Arena arena = Arena.ofAuto();
    private final long timespec = Memory.allocate(arena, Timespec.SIZE);
    private volatile long offset = measure();

    /** Nanoseconds since the machine started. Any thread. */
    public long nowNanos() {
        return System.nanoTime() + offset;
    }

    /** Takes a sleep into account. Any thread; once a second is often enough. */
    public synchronized void refresh() {
        long measured = measure();
        if (Math.abs(measured - offset) > NOISE_NANOS) {
            offset = measured;
        }
    }

    private long measure() {
        long boot = KernelClock.nanos(CLOCK_BOOTTIME, timespec);
        return boot == KernelClock.NONE ? 0 : boot - System.nanoTime();
    }
}
