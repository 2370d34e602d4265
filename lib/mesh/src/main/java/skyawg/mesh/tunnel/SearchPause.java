package skyawg.mesh.tunnel;

/** When paths are sought next: each search that comes to nothing makes the next one wait twice as long. */
final class SearchPause {
    static final long FIRST_NANOS = 250_000_000L;
    static final long LONGEST_NANOS = 30 * 1_000_000_000L;

    private long pauseNanos = FIRST_NANOS;
    private long nextNanos;

    SearchPause(long nowNanos) {
        nextNanos = nowNanos;
    }

    boolean isOver(long nowNanos) {
        return nowNanos - nextNanos >= 0;
    }

    long nextNanos() {
        return nextNanos;
    }

    /** A search begins. */
    void begin(long nowNanos) {
        nextNanos = nowNanos + pauseNanos;
        pauseNanos = Math.min(2 * pauseNanos, LONGEST_NANOS);
    }

    /** Something has gone wrong: the next search comes one pause from now at the latest. */
    void shorten(long nowNanos) {
        if (nextNanos - nowNanos > pauseNanos) {
            nextNanos = nowNanos + pauseNanos;
        }
    }

    /** The next search comes in that time at the earliest. */
    void hold(long nanos, long nowNanos) {
        if (nowNanos + nanos - nextNanos > 0) {
            nextNanos = nowNanos + nanos;
        }
    }

    /** The next search comes now, however long the pauses have become. */
    void skip(long nowNanos) {
        nextNanos = nowNanos;
    }

    /** A search has come to something, or a new need has arisen. */
    void reset(long nowNanos) {
        pauseNanos = FIRST_NANOS;
        nextNanos = nowNanos;
    }
}
