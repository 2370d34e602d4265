package skyawg.mesh.lsp;

/** Times of a clock that may begin anywhere; {@link Long#MAX_VALUE} is never. */
final class Deadlines {
    private static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    static long earlier(long one, long other, long nowNanos) {
        if (one == NEVER) {
            return other;
        }
        if (other == NEVER) {
            return one;
        }
        return one - nowNanos < other - nowNanos ? one : other;
    }
}
