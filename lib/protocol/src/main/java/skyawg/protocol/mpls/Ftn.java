package skyawg.protocol.mpls;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.IpAddress;

/**
 * FEC to NHLFE map (RFC 3031 §3.12): which tunnel an IP packet goes by. Of the rules that fit a packet the one with the
 * longest destination prefix decides; of those, one for the client goes before one for the interface, that before one
 * for any source; then one for the DSCP before one for any.
 *
 * <p>A packet without a rule, or whose rule's tunnel is missing, has no tunnel and is <em>dropped</em>: no shorter
 * prefix and no other tunnel stands in, or a packet for one exit would leave by another.
 *
 * <p>Lookups may come from any thread and allocate nothing; {@link #replace} changes everything or nothing.
 *
 * @param <S> what a packet comes from: clients and interfaces
 */
public final class Ftn<S, T> {
    private volatile FtnTable<S, T> table = new FtnTable<>(List.of());

    /**
     * Makes these the rules. Conductor.
     *
     * @throws IllegalArgumentException when two rules decide about the same packets
     */
    public void replace(List<FtnRule<S, T>> rules) {
        table = new FtnTable<>(rules);
    }

    /** The rules as they were given. Any thread. */
    public List<FtnRule<S, T>> rules() {
        return table.rules();
    }

    /**
     * Any thread.
     *
     * @param client null when the packet is no client's
     * @param address in network order: 10.0.0.1 is 0x0a000001
     * @param dscp 0 to 63
     * @return null: drop
     */
    public @Nullable T lookupV4(@Nullable S client, S fromInterface, int address, int dscp) {
        return table.v4().lookup(client, fromInterface, (long) address << 32, 0, dscp);
    }

    /**
     * Any thread.
     *
     * @param client null when the packet is no client's
     * @param high the first eight bytes in network order
     * @param dscp 0 to 63
     * @return null: drop
     */
    public @Nullable T lookupV6(@Nullable S client, S fromInterface, long high, long low, int dscp) {
        return table.v6().lookup(client, fromInterface, high, low, dscp);
    }

    /**
     * The rule that the lookups go by, for whoever wants to know why. Any thread.
     *
     * @param client null when the packet is no client's
     * @param dscp 0 to 63
     * @return null when none fits: drop
     */
    public @Nullable FtnRule<S, T> find(@Nullable S client, S fromInterface, IpAddress destination, int dscp) {
        return destination.isV6()
                ? table.v6().find(client, fromInterface, destination.high(), destination.low(), dscp)
                : table.v4().find(client, fromInterface, destination.low() << 32, 0, dscp);
    }
}
