package skyawg.protocol.noise;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/** What {@link AllowedIps} must do, as a list in order of insertion that is searched from end to end. */
final class LinearAllowedIps<P> {
    private record Row<P>(Cidr prefix, P peer) {}

    private final List<Row<P>> rows = new ArrayList<>();

    void insert(Cidr prefix, P peer) {
        rows.removeIf(row -> row.prefix.equals(prefix));
        rows.add(new Row<>(prefix, peer));
    }

    boolean remove(Cidr prefix, P peer) {
        return rows.remove(new Row<>(prefix, peer));
    }

    void removeAll(P peer) {
        rows.removeIf(row -> row.peer.equals(peer));
    }

    @Nullable
    P lookup(IpAddress address) {
        Row<P> best = null;
        for (Row<P> row : rows) {
            if (row.prefix.contains(address) && (best == null || row.prefix.prefixBits() > best.prefix.prefixBits())) {
                best = row;
            }
        }
        return best == null ? null : best.peer;
    }

    List<Cidr> list(P peer) {
        return rows.stream()
                .filter(row -> row.peer.equals(peer))
                .map(Row::prefix)
                .toList();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    Cidr any(SeededEntropy random) {
        return rows.get((int) random.uniform(0, rows.size() - 1)).prefix;
    }
}
