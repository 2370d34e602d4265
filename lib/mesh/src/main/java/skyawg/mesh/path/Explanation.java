package skyawg.mesh.path;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skyawg.protocol.names.PublicKey;

/** Why the paths are what they are, for people. Each node of the sample is in each place's tally or chosen for it. */
public record Explanation(List<ChosenHop> chosen, Map<Place, Tally> tallies) {
    /** Why a node does not stand at a place; empty if it does, or is not known at all. */
    public Optional<Rejection> whyNot(PublicKey node, Place place) {
        for (Map.Entry<Rejection, List<PublicKey>> entry :
                tally(place).rejected().entrySet()) {
            if (entry.getValue().contains(node)) {
                return Optional.of(entry.getKey());
            }
        }
        return Optional.empty();
    }

    public Tally tally(Place place) {
        return tallies.getOrDefault(place, new Tally(0, Map.of()));
    }
}
