package skyawg.protocol.mpls;

/**
 * Whether an adjacency carries payloads of full size, found out by link tests: three tries 300 ms apart, begun anew for
 * each endpoint of the peer. Without an answer the adjacency takes no LSPs for ten minutes.
 *
 * <table>
 *   <caption>states</caption>
 *   <tr><td>UNTESTED</td><td>{@link #begin} -> ASKING; after a failure only when its ten minutes are over</td></tr>
 *   <tr><td>ASKING</td><td>answer with the token -> PASSED; 300 ms after the third try -> FAILED</td></tr>
 *   <tr><td>PASSED</td><td>new endpoint: {@link #begin} -> ASKING</td></tr>
 *   <tr><td>FAILED</td><td>ten minutes -> UNTESTED; a new endpoint: {@link #begin} -> ASKING</td></tr>
 * </table>
 *
 * <p>The conductor's.
 */
public final class PathMtuProbe {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    static final int TRIES = 3;
    static final long SPACING = 300_000_000L;
    static final long REFUSAL_TIME = 600_000_000_000L;

    /** Where the test stands. */
    public enum State {
        UNTESTED,
        ASKING,
        PASSED,
        FAILED
    }

    private State state = State.UNTESTED;
    private long token;
    private int triesLeft;
    private long deadline = NEVER;

    /**
     * A new adjacency, or one whose endpoint changed. {@link #advance} says at once to send.
     *
     * @param newToken random
     */
    public void begin(long newToken, long nowNanos) {
        state = State.ASKING;
        token = newToken;
        triesLeft = TRIES;
        deadline = nowNanos;
    }

    /**
     * Does what is due.
     *
     * @return true when an ask with {@link #token} is to be sent now
     */
    public boolean advance(long nowNanos) {
        if (deadline == NEVER || nowNanos - deadline < 0) {
            return false;
        }
        if (state == State.FAILED) {
            state = State.UNTESTED;
            deadline = NEVER;
            return false;
        }
        if (triesLeft == 0) {
            state = State.FAILED;
            deadline = nowNanos + REFUSAL_TIME;
            return false;
        }
        triesLeft--;
        deadline = nowNanos + SPACING;
        return true;
    }

    /** @return true when this ended the test well */
    public boolean onAnswer(long answeredToken) {
        if (state != State.ASKING || answeredToken != token || triesLeft == TRIES) {
            return false;
        }
        state = State.PASSED;
        deadline = NEVER;
        return true;
    }

    public State state() {
        return state;
    }

    /** The token of the test under way. */
    public long token() {
        return token;
    }

    /** When {@link #advance} next has something to do. */
    public long nextDeadline() {
        return deadline;
    }
}
