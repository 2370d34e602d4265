package skyawg.mesh.path;

import java.util.Set;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.Role;

/**
 * What is asked of a tunnel's paths. It is kept to the letter, or there is no path.
 *
 * @param transits 0 to 5 nodes between ingress and egress
 * @param exit the service that the egress offers
 * @param exits those to use; empty for any that offers the service
 * @param avoid tags of nodes to keep away from, at every place
 * @param firstHops those to use; empty for the guards
 * @param isBlockDiverse whether no two nodes may be in one /16 or /32. Only a mesh within one network has reason to say
 *     no.
 */
public record PathPolicy(
        int transits,
        Role exit,
        Set<PublicKey> exits,
        Set<String> avoid,
        Set<PublicKey> firstHops,
        boolean isBlockDiverse) {
    public static final int MAX_TRANSITS = 5;
    public static final int DEFAULT_TRANSITS = 2;

    public PathPolicy {
        if (transits < 0 || transits > MAX_TRANSITS) {
            throw new IllegalArgumentException("a path has 0 to " + MAX_TRANSITS + " transits, not " + transits);
        }
        if (exit == Role.TRANSIT) {
            throw new IllegalArgumentException("transit is no exit service");
        }
        exits = Set.copyOf(exits);
        avoid = Set.copyOf(avoid);
        firstHops = Set.copyOf(firstHops);
    }

    /** Two transits, any egress of the service. */
    public static PathPolicy to(Role exit) {
        return new PathPolicy(DEFAULT_TRANSITS, exit, Set.of(), Set.of(), Set.of(), true);
    }

    public PathPolicy withTransits(int count) {
        return new PathPolicy(count, exit, exits, avoid, firstHops, isBlockDiverse);
    }

    public PathPolicy withExits(PublicKey... keys) {
        return new PathPolicy(transits, exit, Set.of(keys), avoid, firstHops, isBlockDiverse);
    }

    public PathPolicy avoiding(String... tags) {
        return new PathPolicy(transits, exit, exits, Set.of(tags), firstHops, isBlockDiverse);
    }

    public PathPolicy withFirstHops(PublicKey... keys) {
        return new PathPolicy(transits, exit, exits, avoid, Set.of(keys), isBlockDiverse);
    }

    public PathPolicy withinOneNetwork() {
        return new PathPolicy(transits, exit, exits, avoid, firstHops, false);
    }
}
