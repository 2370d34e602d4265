package skyawg.mesh.path;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;

/**
 * Paths wanted for one tunnel.
 *
 * @param count how many: active and warm ones together, 1 to 16
 * @param firstHops the guards in use
 * @param kept paths that the tunnel has and keeps: the new ones meet none of them, and end where they end. A path to be
 *     replaced is not among them.
 * @param egress of the tunnel; null while there is none and any will do
 */
public record PathRequest(
        PathPolicy policy,
        int count,
        List<PublicKey> firstHops,
        List<Path> kept,
        @Nullable PublicKey egress) {
    /** LSPs of a tunnel at a time. */
    public static final int MAX_COUNT = 16;

    public PathRequest {
        if (count < 1 || count > MAX_COUNT) {
            throw new IllegalArgumentException("a tunnel has 1 to " + MAX_COUNT + " paths, not " + count);
        }
        firstHops = List.copyOf(firstHops);
        kept = List.copyOf(kept);
        if (egress == null && !kept.isEmpty()) {
            egress = kept.getFirst().egress().key();
        }
        for (Path path : kept) {
            if (!path.egress().key().equals(egress)) {
                throw new IllegalArgumentException("the paths of a tunnel end at one egress");
            }
        }
    }

    /** To where the kept paths lead, or anywhere when there are none. */
    public PathRequest(PathPolicy policy, int count, List<PublicKey> firstHops, List<Path> kept) {
        this(policy, count, firstHops, kept, null);
    }
}
