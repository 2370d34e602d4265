package skyawg.mesh.path;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.nodes.Claim;
import skyawg.mesh.nodes.Dispute;
import skyawg.mesh.nodes.Node;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.Vantage;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;

/** Looks at each node of the sample for each place of the paths: a candidate, or why not. */
final class Survey {
    private final NodeSample sample;
    private final Vantage vantage;
    private final NodeTags tags;
    private final PathRequest request;
    private final PathPolicy policy;
    private final long unixSeconds;
    private final Set<PublicKey> firstHops;
    private final Set<PublicKey> egresses;
    private final Map<Place, List<Candidate>> eligible = new EnumMap<>(Place.class);
    private final Map<Place, Map<Rejection, List<PublicKey>>> rejected = new EnumMap<>(Place.class);

    Survey(NodeSample sample, Vantage vantage, NodeTags tags, PathRequest request, long unixSeconds) {
        this.sample = sample;
        this.vantage = vantage;
        this.tags = tags;
        this.request = request;
        this.policy = request.policy();
        this.unixSeconds = unixSeconds;
        firstHops = policy.firstHops().isEmpty() ? Set.copyOf(request.firstHops()) : policy.firstHops();
        PublicKey egress = request.egress();
        egresses = egress == null ? policy.exits() : Set.of(egress);
        for (Place place : places(policy.transits())) {
            eligible.put(place, new ArrayList<>());
            rejected.put(place, new EnumMap<>(Rejection.class));
        }
        for (Node node : sample.nodes()) {
            look(node);
        }
    }

    private static List<Place> places(int transits) {
        return switch (transits) {
            case 0 -> List.of(Place.EGRESS);
            case 1 -> List.of(Place.FIRST_HOP, Place.EGRESS);
            default -> List.of(Place.FIRST_HOP, Place.TRANSIT, Place.EGRESS);
        };
    }

    private void look(Node node) {
        Claim claim = node.currentOrNaming(unixSeconds).orElse(null);
        Inspected inspected = null;
        for (Map.Entry<Place, List<Candidate>> entry : eligible.entrySet()) {
            Place place = entry.getKey();
            Rejection reason = claim == null ? Rejection.NO_CURRENT_KEY : atPlace(place, node.key(), claim);
            if (reason == null && claim != null) {
                inspected = inspected == null ? inspect(node, claim) : inspected;
                reason = inspected.reason() == null ? byLink(place, inspected.candidate()) : inspected.reason();
                if (reason == null) {
                    entry.getValue().add(inspected.candidate());
                }
            }
            if (reason != null) {
                reject(place, reason, node.key());
            }
        }
    }

    /** @param reason why it can be nowhere on a path, or null */
    private record Inspected(Candidate candidate, @Nullable Rejection reason) {}

    private Inspected inspect(Node node, Claim claim) {
        Dispute dispute = sample.dispute(claim, unixSeconds);
        return new Inspected(Candidate.of(claim, dispute, unixSeconds), atAnyPlace(node, claim, dispute));
    }

    private @Nullable Rejection atPlace(Place place, PublicKey key, Claim claim) {
        NodeRecord record = claim.addressed().node();
        if (place == Place.EGRESS) {
            if (!record.offers(policy.exit())) {
                return Rejection.NOT_OFFERED;
            }
            boolean isAnotherWanted = !egresses.isEmpty() && !egresses.contains(key);
            return isAnotherWanted ? Rejection.OTHER_EXIT_WANTED : atPlaceOfDirectEgress(key);
        }
        if (!record.offers(Role.TRANSIT)) {
            return Rejection.NOT_OFFERED;
        }
        return place == Place.FIRST_HOP && !firstHops.contains(key) ? Rejection.NOT_A_FIRST_HOP : null;
    }

    /** An egress without transits before it is a first hop: a policy that pins those pins it. */
    private @Nullable Rejection atPlaceOfDirectEgress(PublicKey key) {
        boolean isPinnedOut = policy.transits() == 0
                && !policy.firstHops().isEmpty()
                && !policy.firstHops().contains(key);
        return isPinnedOut ? Rejection.NOT_A_FIRST_HOP : null;
    }

    private @Nullable Rejection atAnyPlace(Node node, Claim claim, Dispute dispute) {
        if (node.current(unixSeconds).isEmpty()) {
            return Rejection.NO_CURRENT_KEY;
        }
        if (dispute == Dispute.LOST) {
            return Rejection.REFUTED;
        }
        if (node.measurements().isResting(unixSeconds) || isAskedFirst(node)) {
            return Rejection.RESTING;
        }
        if (!policy.avoid().isEmpty()) {
            for (String tag : tags.of(claim.addressed())) {
                if (policy.avoid().contains(tag)) {
                    return Rejection.AVOIDED;
                }
            }
        }
        return claim.families() == 0 ? Rejection.NO_ENDPOINT : null;
    }

    /** A guard that fails is asked for its record again and again: no set-up is needed to see whether it is back. */
    private static boolean isAskedFirst(Node node) {
        return node.isGuard() && node.measurements().isFailing();
    }

    private @Nullable Rejection byLink(Place place, Candidate candidate) {
        boolean isFirst = place == Place.FIRST_HOP || (place == Place.EGRESS && policy.transits() == 0);
        return isFirst && (candidate.families & vantage.families()) == 0 ? Rejection.NO_COMMON_FAMILY : null;
    }

    private void reject(Place place, Rejection reason, PublicKey key) {
        rejected.computeIfAbsent(place, p -> new EnumMap<>(Rejection.class))
                .computeIfAbsent(reason, r -> new ArrayList<>())
                .add(key);
    }

    /** Who could stand there by himself, the tunnel's other paths not looked at. */
    List<Candidate> eligible(Place place) {
        return eligible.getOrDefault(place, List.of());
    }

    /** The transits of paths that are kept. */
    List<Candidate> kept() {
        List<Candidate> kept = new ArrayList<>();
        for (Path path : request.kept()) {
            for (Hop hop : path.hops().subList(0, path.transits())) {
                kept.add(Candidate.of(hop, vantage));
            }
        }
        return kept;
    }

    /**
     * Adds those that were eligible and are not chosen.
     *
     * @param tunnel all nodes of the tunnel's paths, kept and new
     * @param chosen who stands where in the new paths
     */
    Map<Place, Tally> tallies(List<Candidate> tunnel, Map<Place, Set<PublicKey>> chosen, Diversity diversity) {
        Map<Place, Tally> tallies = new EnumMap<>(Place.class);
        eligible.forEach((place, candidates) -> {
            for (Candidate candidate : candidates) {
                if (!chosen.getOrDefault(place, Set.of()).contains(candidate.key)) {
                    reject(place, whyNotChosen(candidate, tunnel, diversity), candidate.key);
                }
            }
            tallies.put(place, new Tally(candidates.size(), rejected.getOrDefault(place, Map.of())));
        });
        return tallies;
    }

    private static Rejection whyNotChosen(Candidate candidate, List<Candidate> tunnel, Diversity diversity) {
        Rejection first = Rejection.NOT_DRAWN;
        for (Candidate other : tunnel) {
            Rejection reason = diversity.between(candidate, other);
            if (reason != null && reason.compareTo(first) < 0) {
                first = reason;
            }
        }
        return first;
    }
}
