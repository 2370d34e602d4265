package skyawg.protocol.onion;

/**
 * Whether somebody spoils packets of an LSP: more than 16 and over 1 % of the packets of the last 10 s fail by tag or
 * LSP number. The ingress then drops the LSP. One thread at a time; no call allocates.
 */
public final class FailureWatch {
    private static final int SECONDS = 10;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final int TOLERATED = 16;
    private static final int PERCENT = 100;

    /** Of each of the last seconds; a ring. */
    private final int[] packets = new int[SECONDS];

    private final int[] failures = new int[SECONDS];
    private int current;
    private long currentBeganNanos;

    public FailureWatch(long nowNanos) {
        currentBeganNanos = nowNanos;
    }

    /**
     * Counts a received packet.
     *
     * @return whether the LSP is to be dropped; only a failure can say so
     */
    public boolean count(Verdict verdict, long nowNanos) {
        advance(nowNanos);
        packets[current]++;
        if (!verdict.isSuspicious()) {
            return false;
        }
        failures[current]++;
        long failed = sum(failures);
        return failed > TOLERATED && failed * PERCENT > sum(packets);
    }

    private void advance(long nowNanos) {
        long passed = (nowNanos - currentBeganNanos) / SECOND_NANOS;
        for (long i = 0; i < Math.min(passed, SECONDS); i++) {
            current = (current + 1) % SECONDS;
            packets[current] = 0;
            failures[current] = 0;
        }
        currentBeganNanos += passed * SECOND_NANOS;
    }

    private static long sum(int[] seconds) {
        long sum = 0;
        for (int second : seconds) {
            sum += second;
        }
        return sum;
    }
}
