package skyawg.protocol.noise;

/**
 * Which time to put in an initiation. A peer refuses a stamp that is not newer than the newest it has accepted, so a
 * clock that was once far ahead would lock a key out for good when it is set right (CVE-2021-46873). Therefore:
 *
 * <ul>
 *   <li>a stamp is always newer than the last one sent to that peer, whatever the clock says;
 *   <li>a floor, kept over restarts, does the same for peers that remember an earlier life of this key;
 *   <li>a clock that leaps more than {@link #MAX_LEAP} beyond what a monotonic clock makes plausible is not believed,
 *       unless it was never set before, or {@link #UNANSWERED_BEFORE_BELIEVING} initiations in a row had no answer.
 * </ul>
 *
 * <p>Times are Unix nanoseconds; 0 as a stamp means none.
 */
final class Timestamps {
    /** The furthest that a stamp goes ahead of the highest plausible time. */
    static final long MAX_LEAP = 24 * 3600 * Constants.NANOS_PER_SECOND;

    /** So many failures say that the peer may know newer stamps, from before our clock was right. */
    static final int UNANSWERED_BEFORE_BELIEVING = 6;

    /** 2026-01-01: a clock before this was never set. */
    static final long EARLIEST_PLAUSIBLE = 1_767_225_600L * Constants.NANOS_PER_SECOND;

    private boolean isAnchored;
    private long anchorUnixNanos;
    private long anchorNanos;
    private long floor;
    private long newestSent;

    /** What {@link #newest} said before a restart, or to a peer that was removed. */
    void raiseFloor(long unixNanos) {
        if (unixNanos != 0) {
            floor = Math.max(floor, unixNanos + Tai64n.TICK);
        }
    }

    /** Forgets what was sent, under another key. What is known of the clock stays. */
    void forget() {
        floor = 0;
        newestSent = 0;
    }

    /** The newest stamp ever sent or heard of; 0 for none. */
    long newest() {
        return floor == 0 ? newestSent : Math.max(newestSent, floor - Tai64n.TICK);
    }

    /**
     * A stamp for the next initiation, already whitened.
     *
     * @param lastSent the newest stamp sent to the peer, 0 for none
     * @param unanswered how many initiations in a row this peer has not answered
     */
    long next(long lastSent, int unanswered, long unixNanos, long nowNanos) {
        long time = Tai64n.whiten(believable(unixNanos, nowNanos, unanswered));
        long stamp = Math.max(time, Tai64n.whiten(floor));
        if (lastSent != 0 && stamp <= lastSent) {
            stamp = Tai64n.whiten(lastSent + Tai64n.TICK);
        }
        newestSent = Math.max(newestSent, stamp);
        return stamp;
    }

    private long believable(long unixNanos, long nowNanos, int unanswered) {
        if (isAnchored) {
            long plausible = anchorUnixNanos + (nowNanos - anchorNanos);
            boolean leapt = unixNanos - plausible > MAX_LEAP;
            if (leapt && plausible >= EARLIEST_PLAUSIBLE) {
                return unanswered >= UNANSWERED_BEFORE_BELIEVING ? unixNanos : plausible;
            }
        }
        isAnchored = true;
        anchorUnixNanos = unixNanos;
        anchorNanos = nowNanos;
        return unixNanos;
    }
}
