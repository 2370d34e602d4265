package skyawg.mesh.path;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.Vantage;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;

/**
 * Draws paths for a tunnel from the sample. What it gives keeps to the whole policy; when that cannot be, it gives
 * fewer paths or none, with the reason, and never a weaker one.
 */
public final class PathChooser {
    /** Egresses tried before fewer paths are taken. */
    private static final int MAX_EGRESSES = 8;

    private final NodeSample sample;
    private final Vantage vantage;
    private final NodeTags tags;
    private final Entropy entropy;

    public PathChooser(NodeSample sample, Vantage vantage, NodeTags tags, Entropy entropy) {
        this.sample = sample;
        this.vantage = vantage;
        this.tags = tags;
        this.entropy = entropy;
    }

    public PathChoice choose(PathRequest request, long unixSeconds) {
        Survey survey = new Survey(sample, vantage, tags, request, unixSeconds);
        Diversity diversity = new Diversity(request.policy().isBlockDiverse());
        List<Candidate> egresses = new Draw(survey.eligible(Place.EGRESS), PathChooser::rank, entropy);
        if (egresses.isEmpty()) {
            Shortage none = request.egress() == null ? Shortage.NO_EGRESS : Shortage.EGRESS_LOST;
            return choice(request, survey, diversity, null, List.of(), none);
        }
        return request.policy().transits() == 0
                ? direct(request, survey, diversity, egresses.getFirst())
                : overTransits(request, survey, diversity, egresses);
    }

    private static int rank(Candidate candidate) {
        return candidate.isDisputed ? 1 : 0;
    }

    /** There is one adjacency to an egress, so one path. */
    private PathChoice direct(PathRequest request, Survey survey, Diversity diversity, Candidate egress) {
        List<List<Candidate>> paths = request.kept().isEmpty() ? List.of(List.of()) : List.of();
        return choice(request, survey, diversity, egress, paths, Shortage.NO_TRANSITS_ASKED);
    }

    private PathChoice overTransits(PathRequest request, Survey survey, Diversity diversity, List<Candidate> egresses) {
        int transits = request.policy().transits();
        List<Candidate> kept = survey.kept();
        List<Candidate> mayStart = apartFrom(kept, survey.eligible(Place.FIRST_HOP), diversity);
        List<Candidate> mayFollow = apartFrom(kept, survey.eligible(Place.TRANSIT), diversity);
        List<Candidate> firstHops = new Draw(mayStart, PathChooser::rank, entropy);
        List<Candidate> others = new Draw(mayFollow, candidate -> rankAsTransit(candidate, request), entropy);
        int startable = mostStartable(firstHops, diversity, request.count());
        int bound = Math.min(startable, distinct(mayStart, mayFollow) / transits);
        @Nullable Candidate best = null;
        List<List<Candidate>> paths = List.of();
        for (Candidate egress : egresses.subList(0, Math.min(egresses.size(), MAX_EGRESSES))) {
            for (int count = bound; count > paths.size(); count--) {
                List<List<Candidate>> found = new Search(firstHops, others, egress, diversity, transits, count).run();
                if (!found.isEmpty()) {
                    best = egress;
                    paths = found;
                }
            }
            if (paths.size() == bound) {
                break;
            }
        }
        Shortage shortage;
        if (survey.eligible(Place.FIRST_HOP).isEmpty()) {
            shortage = Shortage.NO_FIRST_HOP;
        } else if (paths.size() == startable) {
            shortage = Shortage.FIRST_HOPS_USED_UP;
        } else {
            shortage = paths.size() == bound ? Shortage.TOO_FEW_TRANSITS : Shortage.RULES_COLLIDE;
        }
        return choice(request, survey, diversity, best, paths, shortage);
    }

    /** Guards are spared for first hops. */
    private static int rankAsTransit(Candidate candidate, PathRequest request) {
        if (candidate.isDisputed) {
            return 2;
        }
        return request.firstHops().contains(candidate.key) ? 1 : 0;
    }

    private static List<Candidate> apartFrom(List<Candidate> kept, List<Candidate> candidates, Diversity diversity) {
        List<Candidate> apart = new ArrayList<>(candidates.size());
        for (Candidate candidate : candidates) {
            boolean collides = false;
            for (Candidate other : kept) {
                collides |= diversity.between(candidate, other) != null;
            }
            if (!collides) {
                apart.add(candidate);
            }
        }
        return apart;
    }

    /** How many paths could begin at once, whatever follows. */
    private static int mostStartable(List<Candidate> firstHops, Diversity diversity, int wanted) {
        for (int count = Math.min(wanted, firstHops.size()); count > 0; count--) {
            if (!new Search(firstHops, List.of(), null, diversity, 1, count)
                    .run()
                    .isEmpty()) {
                return count;
            }
        }
        return 0;
    }

    private static int distinct(List<Candidate> firstHops, List<Candidate> others) {
        Set<PublicKey> keys = new HashSet<>();
        firstHops.forEach(candidate -> keys.add(candidate.key));
        others.forEach(candidate -> keys.add(candidate.key));
        return keys.size();
    }

    private PathChoice choice(
            PathRequest request,
            Survey survey,
            Diversity diversity,
            @Nullable Candidate egress,
            List<List<Candidate>> transits,
            Shortage shortage) {
        List<Path> paths = new ArrayList<>();
        List<ChosenHop> chosen = new ArrayList<>();
        Map<Place, Set<PublicKey>> places = new EnumMap<>(Place.class);
        List<Candidate> tunnel = survey.kept();
        if (egress != null && !transits.isEmpty()) {
            tunnel.add(egress);
            for (List<Candidate> before : transits) {
                List<Candidate> all = new ArrayList<>(before);
                all.add(egress);
                tunnel.addAll(before);
                paths.add(path(all));
                for (int i = 0; i < all.size(); i++) {
                    Place place = place(i, all.size());
                    places.computeIfAbsent(place, p -> new HashSet<>()).add(all.get(i).key);
                    chosen.add(chosen(request, survey, all.get(i), place, paths.size() - 1, i));
                }
            }
        }
        Explanation explanation = new Explanation(chosen, survey.tallies(tunnel, places, diversity));
        boolean isShort = paths.size() < request.count();
        return new PathChoice(List.copyOf(paths), isShort ? Optional.of(shortage) : Optional.empty(), explanation);
    }

    private Path path(List<Candidate> nodes) {
        List<Hop> hops = new ArrayList<>(nodes.size());
        int families = vantage.families();
        for (Candidate node : nodes) {
            hops.add(new Hop(node.addressed, vantage.endpointFor(families, node.addressed)));
            families = node.families;
        }
        return new Path(hops);
    }

    private static Place place(int position, int hops) {
        if (position == hops - 1) {
            return Place.EGRESS;
        }
        return position == 0 ? Place.FIRST_HOP : Place.TRANSIT;
    }

    private static ChosenHop chosen(
            PathRequest request, Survey survey, Candidate node, Place place, int path, int position) {
        double all = 0;
        for (Candidate candidate : survey.eligible(place)) {
            all += candidate.weight;
        }
        return new ChosenHop(
                path,
                position,
                place,
                node.key,
                reason(request, node, place),
                node.weight / all,
                node.claim().standing(),
                node.claim().origin().source());
    }

    private static ChosenAs reason(PathRequest request, Candidate node, Place place) {
        PathPolicy policy = request.policy();
        if (place == Place.FIRST_HOP) {
            return policy.firstHops().isEmpty() ? ChosenAs.GUARD : ChosenAs.PINNED_FIRST_HOP;
        }
        if (place == Place.EGRESS && request.egress() != null) {
            return ChosenAs.EGRESS_OF_TUNNEL;
        }
        if (place == Place.EGRESS && !policy.exits().isEmpty()) {
            return ChosenAs.WANTED_EXIT;
        }
        return node.isDisputed ? ChosenAs.LAST_RESORT : ChosenAs.DRAWN;
    }
}
