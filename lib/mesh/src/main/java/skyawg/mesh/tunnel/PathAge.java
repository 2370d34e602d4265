package skyawg.mesh.tunnel;

import skyawg.mesh.lsp.Deadlines;

/** When a path is to be replaced, and when its lifetime is over. */
final class PathAge {
    /** A path that nothing could replace is left so long before its lifetime is over, if there is another one. */
    static final long EXPIRING_NANOS = 3_000_000_000L;

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private final long dueNanos;
    private final long expiringNanos;
    private boolean isDue;

    /**
     * @param usedNanos for how long it is used before another is sought
     * @param lifetimeSeconds granted
     */
    PathAge(long usedNanos, int lifetimeSeconds, long nowNanos) {
        dueNanos = nowNanos + usedNanos;
        expiringNanos = nowNanos + lifetimeSeconds * NANOS_PER_SECOND - EXPIRING_NANOS;
    }

    boolean isDue() {
        return isDue;
    }

    void makeDue() {
        isDue = true;
    }

    /** @return true when it has become due just now */
    boolean becomesDue(long nowNanos) {
        if (isDue || nowNanos - dueNanos < 0) {
            return false;
        }
        isDue = true;
        return true;
    }

    boolean isExpiring(long nowNanos) {
        return nowNanos - expiringNanos >= 0;
    }

    /** When one of the above next says something else. */
    long nextDeadline(long nowNanos) {
        if (!isDue) {
            return dueNanos;
        }
        return isExpiring(nowNanos) ? Deadlines.NEVER : expiringNanos;
    }
}
