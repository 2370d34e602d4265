package skyawg.protocol.setup;

import skyawg.protocol.crypto.Entropy;

/**
 * What keeps two hops of a path from finding the same number in their requests: each hop's time and lifetime are moved
 * at random.
 */
public final class Blur {
    static final int TIME_SECONDS = 20;
    static final int LIFETIME_SECONDS = 60;

    private Blur() {}

    /** The time for one hop, 20 s around ours. */
    public static long unixSeconds(Entropy entropy, long unixSeconds) {
        return unixSeconds + entropy.uniform(-TIME_SECONDS, TIME_SECONDS);
    }

    /**
     * The lifetime for one hop, up to 60 s longer.
     *
     * @param lifetimeSeconds 60 to 3540, so that the longer one is legal
     */
    public static int lifetimeSeconds(Entropy entropy, int lifetimeSeconds) {
        int longest = Request.LONGEST_LIFETIME - LIFETIME_SECONDS;
        if (lifetimeSeconds < Request.SHORTEST_LIFETIME || lifetimeSeconds > longest) {
            throw new IllegalArgumentException(
                    "lifetime is " + Request.SHORTEST_LIFETIME + " to " + longest + " s, not " + lifetimeSeconds);
        }
        return lifetimeSeconds + (int) entropy.uniform(0, LIFETIME_SECONDS);
    }
}
