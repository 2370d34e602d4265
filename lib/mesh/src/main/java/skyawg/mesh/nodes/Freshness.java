package skyawg.mesh.nodes;

/**
 * How much less often a node is drawn the longer nobody has said that it is there. Discovery does not tell who has
 * gone: where a fifth of the nodes go in an hour, of those heard of half an hour ago every tenth has.
 *
 * <p>A claim weighs half after each two minutes, and a sixteenth when a path over the node has failed since. What the
 * operator lists, or the node said itself, stays fresh.
 */
public final class Freshness {
    static final double HALF_SECONDS = 120;

    /** Beyond that all are equally old. */
    private static final double MOST_HALVINGS = 20;

    private static final double DOUBT = 1.0 / 16;

    private Freshness() {}

    /** 1 for what was heard just now, and never 0. */
    public static double of(Claim claim, long unixSeconds) {
        if (!claim.origin().source().isOpenToStrangers()) {
            return 1;
        }
        long age = Math.max(0, unixSeconds - claim.heardUnixSeconds());
        double doubt = claim.node().measurements().hasFailedSince(claim.heardUnixSeconds()) ? DOUBT : 1;
        return doubt * StrictMath.pow(2, -Math.min(age / HALF_SECONDS, MOST_HALVINGS));
    }
}
