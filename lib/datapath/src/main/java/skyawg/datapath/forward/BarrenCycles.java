package skyawg.datapath.forward;

/**
 * When a packet thread is better off with a short rest: under a flood of datagrams that nobody can use, while nothing
 * else goes on.
 *
 * <p>Such a flood wakes the thread for every few datagrams, and a wake-up costs more than they do. After a row of
 * cycles that brought nothing, it lets them gather in the socket's buffer. The first packet of use ends the row, and
 * was late by a rest at most.
 *
 * <p>Pure, and one thread's.
 */
final class BarrenCycles {
    /** Cycles in a row that may bring nothing before there is a rest; then there is one after each. */
    static final int PATIENCE = 16;

    /** At a million datagrams of 1 KB a second the buffer takes thirty times as much. */
    static final long REST_NANOS = 200_000;

    private int row;

    /**
     * Tells of a cycle.
     *
     * @param hadInput whether a descriptor was ready: a cycle for a command alone counts neither way
     * @param done what came of it
     */
    boolean needsRest(boolean hadInput, int done) {
        if (done > 0) {
            row = 0;
        } else if (hadInput && row < PATIENCE) {
            row++;
        }
        return hadInput && row == PATIENCE;
    }
}
