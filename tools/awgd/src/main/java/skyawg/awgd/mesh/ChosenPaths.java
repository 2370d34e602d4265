package skyawg.awgd.mesh;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.mesh.path.PathChoice;
import skyawg.mesh.path.PathChooser;
import skyawg.mesh.path.PathPolicy;
import skyawg.mesh.path.PathRequest;
import skyawg.mesh.tunnel.Paths;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.setup.ReplyRecord;

/** A tunnel's paths, drawn from the sample by the tunnel's policy; what becomes of them is noted. On the conductor. */
public final class ChosenPaths implements Paths {
    /** What is remembered of paths that did not work. */
    private static final int MAX_EVENTS = 16;

    private final PathChooser chooser;
    private final Guards guards;
    private final Blame blame;
    private final PathPolicy policy;
    /** Those that carry users' packets. One may be there twice, when it was chosen to replace itself. */
    private final List<Working> working = new ArrayList<>();

    private final Deque<Event> events = new ArrayDeque<>();
    private @Nullable PathChoice lastChoice;
    private long chosenAt;

    /** @param roundTripNanos when it came up */
    private record Working(Path path, long roundTripNanos) {}

    /** Something that went wrong with a path. */
    record Event(long unixSeconds, Path path, String what) {}

    public ChosenPaths(PathChooser chooser, Guards guards, Blame blame, PathPolicy policy) {
        this.chooser = chooser;
        this.guards = guards;
        this.blame = blame;
        this.policy = policy;
    }

    PathPolicy policy() {
        return policy;
    }

    @Override
    public List<Path> choose(int wanted, List<Path> kept, @Nullable PublicKey egress, long unixSeconds) {
        PathChoice choice =
                chooser.choose(new PathRequest(policy, wanted, guards.inUse(unixSeconds), kept, egress), unixSeconds);
        lastChoice = choice;
        chosenAt = unixSeconds;
        return choice.paths();
    }

    @Override
    public void failed(Path path, SetupFailure failure, long unixSeconds) {
        note(path, FailureText.of(path, failure), unixSeconds);
        blame.failed(path, failure, workingNodes(), unixSeconds);
    }

    @Override
    public void silent(Path path, long unixSeconds) {
        note(path, "payload does not come through", unixSeconds);
        blame.silent(path, workingNodes(), unixSeconds);
    }

    @Override
    public void cut(Path path, int hop, boolean isSaid, long unixSeconds) {
        note(path, FailureText.cut(path, hop, isSaid), unixSeconds);
        blame.cut(path, hop, workingNodes(), unixSeconds);
    }

    @Override
    public void broke(Path path, LspEnd end, long unixSeconds) {
        note(path, FailureText.of(end), unixSeconds);
        blame.broke(path, end, workingNodes(), unixSeconds);
    }

    @Override
    public void worked(Path path, List<ReplyRecord> replies, long roundTripNanos, long unixSeconds) {
        working.add(new Working(path, roundTripNanos));
        blame.worked(path, replies, unixSeconds);
    }

    @Override
    public void left(Path path) {
        for (Working one : working) {
            if (one.path().equals(path)) {
                working.remove(one);
                return;
            }
        }
    }

    private void note(Path path, String what, long unixSeconds) {
        events.addLast(new Event(unixSeconds, path, what));
        if (events.size() > MAX_EVENTS) {
            events.removeFirst();
        }
    }

    private Set<PublicKey> workingNodes() {
        Set<PublicKey> nodes = new HashSet<>();
        for (Working one : working) {
            for (Hop hop : one.path().hops()) {
                nodes.add(hop.key());
            }
        }
        return nodes;
    }

    /** The round trip when the path came up; empty for one that is not up. */
    Optional<Long> roundTripNanos(Path path) {
        return working.stream()
                .filter(one -> one.path().equals(path))
                .findFirst()
                .map(Working::roundTripNanos);
    }

    /** What was chosen last, and why. */
    Optional<PathChoice> lastChoice() {
        return Optional.ofNullable(lastChoice);
    }

    /** When, in unix seconds. */
    long chosenAt() {
        return chosenAt;
    }

    /** What went wrong lately, the oldest first. */
    List<Event> events() {
        return List.copyOf(events);
    }
}
