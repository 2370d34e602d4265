package skyawg.protocol.multipath;

/**
 * Whether a path is suspect: user data is unacknowledged and no ACK block advanced for {@code max(120 ms, RTT + 4
 * variations + 40 ms)}, or without user data for three intervals of the heartbeat. An advancing block ends it.
 *
 * <p>An interval is counted three times or, on a path so long that the answer to a heartbeat cannot be there by then,
 * once and a round trip.
 */
final class Suspicion {
    static final long MIN_NANOS = 120_000_000;
    static final long MARGIN_NANOS = 40_000_000;
    static final int INTERVALS = 3;

    private static final long NEVER = Long.MIN_VALUE;

    private boolean isSuspect;
    /** The first sequence sent since the path is suspect. */
    private int suspectFrom;

    private long advancedNanos;
    private long waitingSinceNanos = NEVER;
    private int lastUserData;
    private long intervalNanos;
    private long intervalSinceNanos;

    /** Begins trusting. */
    Suspicion(long nowNanos) {
        this.advancedNanos = nowNanos;
        this.intervalSinceNanos = nowNanos;
    }

    void onUserDataSent(int sequence, long nowNanos) {
        lastUserData = sequence;
        if (waitingSinceNanos == NEVER) {
            waitingSinceNanos = nowNanos;
        }
    }

    /** An ACK block said something new. */
    void onAdvance(int highest, long nowNanos) {
        if (isSuspect && highest - suspectFrom < 0) {
            return;
        }
        isSuspect = false;
        advancedNanos = nowNanos;
        if (waitingSinceNanos != NEVER) {
            waitingSinceNanos = highest - lastUserData >= 0 ? NEVER : nowNanos;
        }
    }

    /**
     * Looks at the clock.
     *
     * @param intervalNow the heartbeat's interval
     * @param nextSequence of the next packet on the path
     * @return whether the path has become suspect just now
     */
    boolean check(long nowNanos, RoundTrip roundTrip, long intervalNow, int nextSequence) {
        if (intervalNow != intervalNanos) {
            intervalNanos = intervalNow;
            intervalSinceNanos = nowNanos;
        }
        if (isSuspect || nowNanos - deadlineNanos(roundTrip) < 0) {
            return false;
        }
        suspect(nextSequence);
        return true;
    }

    /** The path is suspect until something arrives that was sent from this sequence on. */
    void suspect(int nextSequence) {
        isSuspect = true;
        suspectFrom = nextSequence;
    }

    /** When the path becomes suspect if nothing happens. */
    long deadlineNanos(RoundTrip roundTrip) {
        long answerNanos = roundTrip.smoothedNanos() + 4 * roundTrip.variationNanos() + MARGIN_NANOS;
        long since = Math.max(advancedNanos, intervalSinceNanos);
        long byHeartbeat = since + Math.max(INTERVALS * intervalNanos, intervalNanos + answerNanos);
        if (waitingSinceNanos == NEVER) {
            return byHeartbeat;
        }
        return Math.min(byHeartbeat, waitingSinceNanos + Math.max(MIN_NANOS, answerNanos));
    }

    boolean isSuspect() {
        return isSuspect;
    }
}
