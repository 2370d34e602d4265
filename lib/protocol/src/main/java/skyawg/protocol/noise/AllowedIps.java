package skyawg.protocol.noise;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/**
 * Which peer an inner address belongs to ("cryptokey routing", WireGuard paper §2): the longest matching prefix
 * decides. Asked with the destination when sending and with the source when receiving.
 *
 * <p>The conductor changes a working copy and makes it visible by {@link #publish}, so that other threads see all
 * changes of one {@code set} or none. Lookups may come from any thread and see what was published.
 *
 * @param <P> the peer
 */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class AllowedIps<P> {
    /** Any thread. */
    public @Nullable P lookup(IpAddress address) {
        throw new UnsupportedOperationException();
    }

    /**
     * Any thread; allocates nothing.
     *
     * @param address in network order: 10.0.0.1 is 0x0a000001
     */
    public @Nullable P lookupV4(int address) {
        throw new UnsupportedOperationException();
    }

    /**
     * Any thread; allocates nothing.
     *
     * @param high the first eight bytes in network order
     */
    public @Nullable P lookupV6(long high, long low) {
        throw new UnsupportedOperationException();
    }

    /** Gives the prefix to the peer, taking it from whoever has it. It moves to the end of the peer's list. */
    public void insert(Cidr prefix, P peer) {
        throw new UnsupportedOperationException();
    }

    /** Takes the prefix from the peer. @return false when exactly this prefix is not the peer's */
    public boolean remove(Cidr prefix, P peer) {
        throw new UnsupportedOperationException();
    }

    /** Takes all its prefixes from the peer. */
    public void removeAll(P peer) {
        throw new UnsupportedOperationException();
    }

    /** Makes the changes since the last call visible to other threads. */
    public void publish() {
        throw new UnsupportedOperationException();
    }

    /** The peer's prefixes in order of insertion, published or not. */
    public List<Cidr> list(P peer) {
        throw new UnsupportedOperationException();
    }
}
