package skyawg.datapath.forward;

/**
 * Whether a packet thread goes before ordinary threads: yes, for as long as it leaves them room.
 *
 * <p>A packet that waits for the time slices of busy programs is late by milliseconds; one whose thread goes first, by
 * microseconds, and the programs lose nothing, since a tunnel takes its time in bits. A flood is another matter. A
 * thread that has used nearly all of its core, or whose process has left less than a quarter of a core of the whole
 * machine to others, is one among equals for the next {@link #EQUAL_NANOS}.
 *
 * <p>Pure: the thread says what time it is and what has been used, and does as it is told.
 */
final class Precedence {
    /** How often use is looked at. */
    static final long WINDOW_NANOS = 100_000_000;
    /** The part of a core that a thread may use and still go first. */
    static final double OWN_LIMIT = 0.97;
    /** What the process has to leave to others, in cores. */
    static final double LEFT_TO_OTHERS = 0.25;

    static final long EQUAL_NANOS = 500_000_000;

    private final double processLimit;
    private boolean isFirst = true;
    private long windowBegin;
    private long ownBefore;
    private long processBefore;
    private long equalSince;

    /** @param cores that the process may run on */
    Precedence(int cores) {
        this.processLimit = cores - LEFT_TO_OTHERS;
    }

    /** The first window begins; the thread goes first. Times of use count from any fixed beginning. */
    void begin(long nowNanos, long ownNanos, long processNanos) {
        windowBegin = nowNanos;
        ownBefore = ownNanos;
        processBefore = processNanos;
    }

    /** True when {@link #changesAfter} has something to say. */
    boolean isWindowOver(long nowNanos) {
        return nowNanos - windowBegin >= WINDOW_NANOS;
    }

    /** Whether the thread goes first in this window. */
    boolean isFirst() {
        return isFirst;
    }

    /**
     * Ends a window and begins the next.
     *
     * @param ownNanos processor time used by the thread
     * @param processNanos processor time used by the whole process
     * @return whether {@link #isFirst} says something else now
     */
    boolean changesAfter(long nowNanos, long ownNanos, long processNanos) {
        double window = nowNanos - windowBegin;
        boolean isHog =
                ownNanos - ownBefore > OWN_LIMIT * window || processNanos - processBefore > processLimit * window;
        boolean changes = isFirst ? isHog : nowNanos - equalSince >= EQUAL_NANOS;
        if (changes) {
            isFirst = !isFirst;
            equalSince = nowNanos;
        }
        begin(nowNanos, ownNanos, processNanos);
        return changes;
    }
}
