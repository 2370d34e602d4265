package skyawg.protocol.mpls;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;

/**
 * A forwarding equivalence class and the tunnel that it goes by.
 *
 * @param source the client or the interface that packets come from; null for any. Compared for each packet, so it
 *     should be an object whose equality is its identity
 * @param dscp 0 to 63, or {@link #ANY_DSCP}
 * @param tunnel null for one that does not exist now: packets of this class are dropped
 */
public record FtnRule<S, T>(
        @Nullable S source,
        Cidr destination,
        int dscp,
        @Nullable T tunnel) {
    public static final int ANY_DSCP = -1;
    public static final int MAX_DSCP = 63;

    public FtnRule {
        if (dscp < ANY_DSCP || dscp > MAX_DSCP) {
            throw new IllegalArgumentException("DSCP is 0 to " + MAX_DSCP + ", not " + dscp);
        }
    }

    /** True when both decide about the same packets. */
    boolean isSameClass(FtnRule<S, T> other) {
        return Objects.equals(source, other.source) && dscp == other.dscp && destination.equals(other.destination);
    }
}
