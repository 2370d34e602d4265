package skyawg.mesh.path;

import java.util.List;
import skyawg.protocol.names.PublicKey;

/**
 * Paths wanted for one tunnel.
 *
 * @param count how many: active and warm ones together, 1 to 16
 * @param firstHops the guards in use
 * @param kept paths that the tunnel has and keeps: the new ones meet none of them, and end where they end. A path to be
 *     replaced is not among them.
 */
public record PathRequest(PathPolicy policy, int count, List<PublicKey> firstHops, List<Path> kept) {
    /** LSPs of a tunnel at a time. */
    public static final int MAX_COUNT = 16;

    public PathRequest {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("a tunnel has 1 to " + MAX_COUNT + " paths, not " + count);
        }
        firstHops = List.copyOf(firstHops);
        kept = List.copyOf(kept);
        for (Path path : kept) {
            if (!path.egress().key().equals(kept.getFirst().egress().key())) {
                throw new IllegalArgumentException("the paths of a tunnel end at one egress");
            }
        }
    }
}
