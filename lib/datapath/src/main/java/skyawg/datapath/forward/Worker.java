package skyawg.datapath.forward;

/** One role of a packet thread: state that only this thread touches, and a duty cycle. */
public interface Worker {
    /** What {@link #wakeNanos} says when nothing but descriptors matters. */
    long NEVER = Long.MAX_VALUE;

    /** Number of descriptors that {@link #watch} writes. */
    default int descriptors() {
        return 0;
    }

    /** Writes the descriptors to wait for, one {@code pollfd} each, before the thread sleeps. */
    default void watch(long pollFds) {
        // Nothing: work comes with time, or with a wake-up from whoever brings it.
    }

    /** When there will be work even if nothing comes until then, to the millisecond after it. */
    default long wakeNanos() {
        return NEVER;
    }

    /**
     * Does what there is to do.
     *
     * @param pollFds what {@link #watch} wrote, with the kernel's answer
     * @return how much came of it: packets and commands, but no datagram that nobody could use
     */
    int doWork(long pollFds, long nowNanos);
}
