package skyawg.mesh.tunnel;

/**
 * The end of a path that works, so that no packet is lost with it: the egress is told that users' packets go other ways
 * now ({@link skyawg.protocol.onion.Kind#PATH_RETIRED}), and says that its own do too; the path is released when what
 * was sent before has arrived. An egress that doesn't answer is told a few times.
 */
final class Farewell {
    static final int MOST_TRIES = 4;

    private static final long SPACING_NANOS = 300_000_000L;
    private static final long LEAST_LINGER_NANOS = 200_000_000L;

    private int tries;
    private boolean isAnswered;
    private long nextNanos;

    Farewell(long nowNanos) {
        nextNanos = nowNanos;
    }

    /** @return true when the egress is to be told now */
    boolean speak(long roundTripNanos, long nowNanos) {
        if (isAnswered || tries == MOST_TRIES || nowNanos - nextNanos < 0) {
            return false;
        }
        tries++;
        nextNanos = nowNanos + Math.max(SPACING_NANOS, 2 * roundTripNanos);
        return true;
    }

    /** @param roundTripNanos largest of the tunnel */
    void onAnswer(long roundTripNanos, long nowNanos) {
        if (!isAnswered) {
            isAnswered = true;
            nextNanos = nowNanos + Math.max(LEAST_LINGER_NANOS, 2 * roundTripNanos);
        }
    }

    /** Whether the path may be released. */
    boolean isOver(long nowNanos) {
        return (isAnswered || tries == MOST_TRIES) && nowNanos - nextNanos >= 0;
    }

    /** When one of the above next says something else. */
    long nextNanos() {
        return nextNanos;
    }
}
