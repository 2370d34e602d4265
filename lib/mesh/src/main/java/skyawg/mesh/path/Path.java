package skyawg.mesh.path;

import java.util.List;
import java.util.stream.Collectors;

/** A way from here to an egress: the hops in order, the egress last, 1 to 6 of them. */
public record Path(List<Hop> hops) {
    public Path {
        hops = List.copyOf(hops);
        if (hops.isEmpty() || hops.size() > PathPolicy.MAX_TRANSITS + 1) {
            throw new IllegalArgumentException(
                    "a path has 1 to " + (PathPolicy.MAX_TRANSITS + 1) + " hops, not " + hops.size());
        }
    }

    public Hop firstHop() {
        return hops.getFirst();
    }

    public Hop egress() {
        return hops.getLast();
    }

    public int transits() {
        return hops.size() - 1;
    }

    @Override
    public String toString() {
        return hops.stream().map(hop -> hop.key().toBase64()).collect(Collectors.joining(" -> "));
    }
}
