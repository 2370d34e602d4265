package skyawg.mesh.tunnel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Path;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.setup.ReplyRecord;

/** Where a tunnel's paths come from, and who learns from what became of them. */
public interface Paths {
    /**
     * Paths that keep to the tunnel's policy: as many as wanted, or fewer.
     *
     * @param kept those that the tunnel has: the new ones meet none of them
     * @param egress where the tunnel ends; null while it may be anywhere
     */
    List<Path> choose(int wanted, List<Path> kept, @Nullable PublicKey egress, long unixSeconds);

    void failed(Path path, SetupFailure failure, long unixSeconds);

    /** Every hop agreed, but payload did not come back, or does not any more. */
    void silent(Path path, long unixSeconds);

    /**
     * Payload does not come back any more, and the path is whole up to one hop: something is wrong between that one and
     * the next.
     *
     * @param hop of the path; 0 is this node
     * @param isSaid whether that hop has told so: it may lie
     */
    void cut(Path path, int hop, boolean isSaid, long unixSeconds);

    /** A path that was there is gone, and not because its ingress wanted it. */
    void broke(Path path, LspEnd end, long unixSeconds);

    /** @param roundTripNanos of payload */
    void worked(Path path, List<ReplyRecord> replies, long roundTripNanos, long unixSeconds);

    /** A path that worked carries no users' packets any more: it was replaced, or something is wrong, as told after. */
    void left(Path path);
}
