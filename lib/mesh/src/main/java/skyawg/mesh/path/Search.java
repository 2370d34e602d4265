package skyawg.mesh.path;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills the transits of several paths to one egress so that no two nodes collide and each link has a family. It takes
 * candidates in the order given, first hops of all paths before the rest, and goes back where there is no way on; after
 * a bounded number of looks it gives up.
 */
final class Search {
    /** Candidates looked at; hundreds of times what a large network needs, and a millisecond. */
    private static final int MAX_LOOKS = 10_000;

    private final List<Candidate> firstHops;
    private final List<Candidate> others;
    private final @Nullable Candidate egress;
    private final Diversity diversity;
    private final int transits;
    private final int count;
    private final List<Candidate> filled = new ArrayList<>();
    private int looksLeft = MAX_LOOKS;

    /**
     * @param egress null to look at transits alone
     * @param transits of each path, 1 to 5
     * @param count of paths
     */
    Search(
            List<Candidate> firstHops,
            List<Candidate> others,
            @Nullable Candidate egress,
            Diversity diversity,
            int transits,
            int count) {
        this.firstHops = firstHops;
        this.others = others;
        this.egress = egress;
        this.diversity = diversity;
        this.transits = transits;
        this.count = count;
    }

    /** The transits of each path, in order; empty if it cannot be done, or not within the looks. */
    List<List<Candidate>> run() {
        if (!fill(0)) {
            return List.of();
        }
        List<List<Candidate>> paths = new ArrayList<>(count);
        for (int path = 0; path < count; path++) {
            List<Candidate> hops = new ArrayList<>(transits);
            for (int position = 0; position < transits; position++) {
                hops.add(filled.get(slot(path, position)));
            }
            paths.add(hops);
        }
        return paths;
    }

    /** First hops are slots 0 to count - 1; then come the other transits, path after path. */
    private int slot(int path, int position) {
        return position == 0 ? path : count + path * (transits - 1) + position - 1;
    }

    /**
     * Fills this slot and all behind it.
     *
     * <p>Paths are alike as long as they have first hops only: trying those in one order of each set is enough.
     */
    private boolean fill(int slot) {
        if (slot == count * transits) {
            return true;
        }
        boolean isFirst = slot < count;
        List<Candidate> candidates = isFirst ? firstHops : others;
        int start = isFirst && slot > 0 ? firstHops.indexOf(filled.getLast()) + 1 : 0;
        for (int i = start; i < candidates.size() && looksLeft-- > 0; i++) {
            Candidate candidate = candidates.get(i);
            if (fits(candidate, slot)) {
                filled.add(candidate);
                if (fill(slot + 1)) {
                    return true;
                }
                filled.removeLast();
            }
        }
        return false;
    }

    private boolean fits(Candidate candidate, int slot) {
        boolean isFirst = slot < count;
        int position = isFirst ? 0 : (slot - count) % (transits - 1) + 1;
        if (!isFirst) {
            int path = (slot - count) / (transits - 1);
            if (!filled.get(slot(path, position - 1)).isLinkedTo(candidate)) {
                return false;
            }
        }
        if (egress != null) {
            boolean isCutOff = position == transits - 1 && !candidate.isLinkedTo(egress);
            if (isCutOff || diversity.between(candidate, egress) != null) {
                return false;
            }
        }
        for (Candidate other : filled) {
            if (diversity.between(candidate, other) != null) {
                return false;
            }
        }
        return true;
    }
}
