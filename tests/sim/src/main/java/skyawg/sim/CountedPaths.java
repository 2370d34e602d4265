package skyawg.sim;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.mesh.tunnel.Paths;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.setup.ReplyRecord;

/** Counts what becomes of a tunnel's paths, which others choose and learn from. */
final class CountedPaths implements Paths {
    private final Paths chosen;
    private final Simulation world;
    private final SimNode node;
    private final boolean isForTrials;
    /** Set-ups under way. */
    private final IdentityHashMap<Path, Boolean> tried = new IdentityHashMap<>();

    private final IdentityHashMap<Path, Boolean> used = new IdentityHashMap<>();

    CountedPaths(Paths chosen, Simulation world, SimNode node, boolean isForTrials) {
        this.chosen = chosen;
        this.world = world;
        this.node = node;
        this.isForTrials = isForTrials;
    }

    @Override
    public List<Path> choose(int wanted, List<Path> kept, @Nullable PublicKey egress, long unixSeconds) {
        List<Path> paths = chosen.choose(wanted, kept, egress, unixSeconds);
        for (Path path : paths) {
            tried.put(path, true);
        }
        world.figures().chose(wanted, paths.size());
        return paths;
    }

    private void failed(Path path, String how) {
        if (tried.remove(path) != null) {
            int dead = 0;
            int position = 0;
            for (Hop hop : path.hops()) {
                position++;
                if (dead == 0 && world.diedNanos(hop.key()) != Simulation.ALIVE) {
                    dead = position;
                }
            }
            world.figures().setupFailed(world, isForTrials, how, dead);
        } else {
            world.figures().pathLost(how);
        }
    }

    @Override
    public void failed(Path path, SetupFailure failure, long unixSeconds) {
        String how = failure instanceof SetupFailure.Refused(int hop, ReplyRecord reply)
                ? "refused by hop " + hop + ": " + reply.status()
                : failure.getClass().getSimpleName();
        failed(path, how);
        chosen.failed(path, failure, unixSeconds);
    }

    @Override
    public void silent(Path path, long unixSeconds) {
        failed(path, "silent");
        chosen.silent(path, unixSeconds);
    }

    @Override
    public void cut(Path path, int hop, boolean isSaid, long unixSeconds) {
        failed(path, isSaid ? "cut, as a hop says" : "cut, as hops' silence says");
        chosen.cut(path, hop, isSaid, unixSeconds);
    }

    @Override
    public void broke(Path path, LspEnd end, long unixSeconds) {
        failed(path, "ended: " + end);
        chosen.broke(path, end, unixSeconds);
    }

    @Override
    public void worked(Path path, List<ReplyRecord> replies, long roundTripNanos, long unixSeconds) {
        if (tried.remove(path) != null) {
            used.put(path, true);
            world.figures().setupWorked(world, node, isForTrials, path);
        }
        chosen.worked(path, replies, roundTripNanos, unixSeconds);
    }

    @Override
    public void left(Path path) {
        used.remove(path);
        long died = firstDeath(path);
        if (died != Simulation.ALIVE) {
            world.figures().leftDeadHop(world.timeline().nowNanos() - died);
        }
        chosen.left(path);
    }

    private long firstDeath(Path path) {
        long first = Simulation.ALIVE;
        for (Hop hop : path.hops()) {
            first = Math.min(first, world.diedNanos(hop.key()));
        }
        return first;
    }

    /** For how long a path in use has led over a node that is dead, the longest. */
    long longestOverDead(long nowNanos) {
        long longest = 0;
        for (Path path : used.keySet()) {
            long died = firstDeath(path);
            longest = Math.max(longest, died == Simulation.ALIVE ? 0 : nowNanos - died);
        }
        return longest;
    }

    List<Path> used() {
        return new ArrayList<>(used.keySet());
    }
}
