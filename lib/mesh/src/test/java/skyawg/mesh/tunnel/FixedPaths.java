package skyawg.mesh.tunnel;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Path;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.setup.ReplyRecord;

/** Paths that a test lists: those that the tunnel does not have, in their order. */
final class FixedPaths implements Paths {
    final List<SetupFailure> failures = new ArrayList<>();
    final List<Path> worked = new ArrayList<>();
    final List<Cut> cuts = new ArrayList<>();
    int silent;
    int broken;
    int left;
    /** Whether it has none any more. */
    boolean isUsedUp;

    int searches;

    /** Where the last search was to lead. */
    @Nullable
    PublicKey egress;

    private final List<Path> all;

    record Cut(Path path, int hop, boolean isSaid) {}

    FixedPaths(List<Path> all) {
        this.all = new ArrayList<>(all);
    }

    @Override
    public List<Path> choose(int wanted, List<Path> kept, @Nullable PublicKey egress, long unixSeconds) {
        searches++;
        this.egress = egress;
        if (isUsedUp) {
            return List.of();
        }
        return all.stream().filter(path -> !kept.contains(path)).limit(wanted).toList();
    }

    @Override
    public void failed(Path path, SetupFailure failure, long unixSeconds) {
        failures.add(failure);
        moveBack(path);
    }

    @Override
    public void silent(Path path, long unixSeconds) {
        silent++;
        moveBack(path);
    }

    @Override
    public void cut(Path path, int hop, boolean isSaid, long unixSeconds) {
        cuts.add(new Cut(path, hop, isSaid));
        moveBack(path);
    }

    @Override
    public void broke(Path path, LspEnd end, long unixSeconds) {
        broken++;
        moveBack(path);
    }

    private void moveBack(Path path) {
        all.remove(path);
        all.add(path);
    }

    @Override
    public void worked(Path path, List<ReplyRecord> replies, long roundTripNanos, long unixSeconds) {
        worked.add(path);
    }

    @Override
    public void left(Path path) {
        left++;
        moveBack(path);
    }
}
