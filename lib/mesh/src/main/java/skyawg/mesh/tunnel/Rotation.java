package skyawg.mesh.tunnel;

import skyawg.protocol.crypto.Entropy;

/**
 * When a path is replaced though nothing is wrong with it (§6): after a time that is drawn for each path, and in any
 * case well before its lifetime is over, so that there is time for several tries.
 *
 * @param leastSeconds that a path is used, at least 1
 * @param mostSeconds that a path is used
 */
public record Rotation(int leastSeconds, int mostSeconds) {
    public static final Rotation DEFAULT = new Rotation(120, 600);

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    public Rotation {
        if (leastSeconds < 1 || mostSeconds < leastSeconds) {
            throw new IllegalArgumentException(
                    "paths are used for 1 s or longer, not " + leastSeconds + " to " + mostSeconds + " s");
        }
    }

    /**
     * For how long a path is used before another is sought in its place: no longer than half to three quarters of what
     * was granted.
     *
     * @param lifetimeSeconds granted
     */
    long drawNanos(int lifetimeSeconds, Entropy entropy) {
        long lifetime = lifetimeSeconds * NANOS_PER_SECOND;
        long renewal = entropy.uniform(lifetime / 2, lifetime / 4 * 3);
        long rotation = entropy.uniform(leastSeconds * NANOS_PER_SECOND, mostSeconds * NANOS_PER_SECOND);
        return Math.min(renewal, rotation);
    }
}
