package skyawg.mesh.lsp;

/**
 * How a silent neighbour is asked before it is called down: from four tenths of the time on that it may be silent, it
 * is polled every twentieth of it. It is down when that time is over and the answers to the first four polls are
 * overdue.
 *
 * <p>Polls of a link that is not silent, one a second while it is busy, tell how long an answer takes.
 */
final class Silence {
    /** Of the time that a neighbour may be silent. */
    private static final int SPACINGS = 20;

    private static final int SPACINGS_BEFORE = 8;
    private static final int LEAST_POLLS = 4;

    /** What a node needs to read what waits for it. */
    private static final long LEAST_ANSWER_NANOS = 30_000_000L;

    private static final long ASSUMED_ROUND_TRIP_NANOS = 100_000_000L;
    private static final long NEVER = Deadlines.NEVER;

    private long roundTripNanos = ASSUMED_ROUND_TRIP_NANOS;
    /** When the last question was put on a link that was not silent; {@link #NEVER} once it is answered. */
    private long questionNanos = NEVER;

    private long heardNanos;
    private boolean isAsking;
    private long firstPollNanos;
    private long nextPollNanos = NEVER;
    private long spacingNanos;

    /** The neighbour is polled now, to see how long the answer takes. */
    void onQuestion(long nowNanos) {
        questionNanos = isAsking ? NEVER : nowNanos;
    }

    /** The answer to a poll has come. */
    void onAnswer(long nowNanos) {
        if (questionNanos != NEVER) {
            roundTripNanos = nowNanos - questionNanos;
            questionNanos = NEVER;
        }
    }

    /**
     * Looks at the clock.
     *
     * @param heard when the neighbour was last heard
     * @param detectionNanos how long it may be silent
     * @return whether it is to be polled now
     */
    boolean look(long heard, long detectionNanos, long nowNanos) {
        spacingNanos = detectionNanos / SPACINGS;
        if (heard - heardNanos > 0) {
            heardNanos = heard;
            isAsking = false;
        }
        long begin = heard + SPACINGS_BEFORE * spacingNanos;
        if (nowNanos - begin < 0) {
            nextPollNanos = begin;
            return false;
        }
        if (isAsking && nowNanos - nextPollNanos < 0) {
            return false;
        }
        if (!isAsking) {
            isAsking = true;
            firstPollNanos = nowNanos;
            questionNanos = NEVER;
        }
        nextPollNanos = nowNanos + spacingNanos;
        return true;
    }

    /** Before that, the neighbour is not down. After {@link #look}. */
    long earliestEnd() {
        long answer = Math.max(roundTripNanos + roundTripNanos / 2, LEAST_ANSWER_NANOS);
        return isAsking ? firstPollNanos + (LEAST_POLLS - 1) * spacingNanos + answer : heardNanos;
    }

    /** Of a poll and its answer. */
    long roundTripNanos() {
        return roundTripNanos;
    }

    /** When {@link #look} is to be called next. */
    long nextLook() {
        return nextPollNanos;
    }
}
