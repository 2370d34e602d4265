package skyawg.mesh.lsp;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Lfib;
import skyawg.protocol.mpls.Neighbour;
import skyawg.protocol.onion.LspCiphers;

/** The adjacencies that signalling knows of: all that ever sent it a message or carried a path, until they are gone. */
final class Adjacents<A> {
    private final Links<A> links;
    private final Lfib<A, LspCiphers> lfib;
    private final Consumer<Adjacent<A>> whenUseChanges;
    private final Map<A, Adjacent<A>> known = new LinkedHashMap<>();

    /** @param whenUseChanges told of an adjacency that paths begin to need, or need no more */
    Adjacents(Links<A> links, Lfib<A, LspCiphers> lfib, Consumer<Adjacent<A>> whenUseChanges) {
        this.whenUseChanges = whenUseChanges;
        this.links = links;
        this.lfib = lfib;
    }

    Adjacent<A> of(A adjacency, long nowNanos) {
        return known.computeIfAbsent(adjacency, a -> new Adjacent<>(lfib.addNeighbour(a), nowNanos));
    }

    List<Adjacent<A>> all() {
        return new ArrayList<>(known.values());
    }

    /** A path over this adjacency has come or gone. */
    void noteUse(@Nullable Neighbour<A, LspCiphers> neighbour) {
        Adjacent<A> adjacent = neighbour == null ? null : known.get(neighbour.adjacency());
        if (adjacent != null && adjacent.noteUse()) {
            links.setInUse(adjacent.adjacency(), adjacent.isInUse());
            whenUseChanges.accept(adjacent);
        }
    }

    /** The adjacency is no more; paths over it end. */
    void remove(A adjacency, long nowNanos) {
        Adjacent<A> adjacent = known.get(adjacency);
        if (adjacent != null) {
            lfib.removeNeighbour(adjacent.neighbour(), nowNanos);
            known.remove(adjacency);
        }
    }
}
