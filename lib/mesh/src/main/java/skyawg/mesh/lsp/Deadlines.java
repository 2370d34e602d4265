package skyawg.mesh.lsp;

/** Times of a clock that may begin anywhere. */
public final class Deadlines {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    private Deadlines() {}

    public static long earlier(long one, long other, long nowNanos) {
        if (one == NEVER) {
            return other;
        }
        if (other == NEVER) {
            return one;
        }
        return one - nowNanos < other - nowNanos ? one : other;
    }
}
