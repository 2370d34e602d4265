package skyawg.protocol.noise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
public final class AllowedIps<P> {
    private volatile Roots<P> published = new Roots<>(0, null, null);

    private PrefixTrie.@Nullable Node<Entry<P>> v4;
    private PrefixTrie.@Nullable Node<Entry<P>> v6;
    private final Map<P, EntryList<P>> byPeer = new HashMap<>();

    /** What was published, with a number that grows by one each time. */
    private record Roots<P>(
            long version, PrefixTrie.@Nullable Node<Entry<P>> v4, PrefixTrie.@Nullable Node<Entry<P>> v6) {}

    /** A prefix and its peer, with its neighbours in the peer's list. Readers of the trie look at {@code peer} only. */
    private static final class Entry<P> {
        private final Cidr prefix;
        private final P peer;
        private @Nullable Entry<P> before;
        private @Nullable Entry<P> after;

        private Entry(Cidr prefix, P peer) {
            this.prefix = prefix;
            this.peer = peer;
        }
    }

    private static final class EntryList<P> {
        private @Nullable Entry<P> first;
        private @Nullable Entry<P> last;
    }

    /** Any thread. */
    public @Nullable P lookup(IpAddress address) {
        return address.isV6() ? lookupV6(address.high(), address.low()) : lookupV4((int) address.low());
    }

    /**
     * Any thread; allocates nothing.
     *
     * @param address in network order: 10.0.0.1 is 0x0a000001
     */
    public @Nullable P lookupV4(int address) {
        Entry<P> entry = PrefixTrie.longestMatch(published.v4, (long) address << 32, 0);
        return entry == null ? null : entry.peer;
    }

    /**
     * Any thread; allocates nothing.
     *
     * @param high the first eight bytes in network order
     */
    public @Nullable P lookupV6(long high, long low) {
        Entry<P> entry = PrefixTrie.longestMatch(published.v6, high, low);
        return entry == null ? null : entry.peer;
    }

    /** Gives the prefix to the peer, taking it from whoever has it. It moves to the end of the peer's list. */
    public void insert(Cidr prefix, P peer) {
        Entry<P> old = find(prefix);
        if (old != null) {
            unlink(old);
        }
        Entry<P> entry = new Entry<>(prefix, peer);
        int length = prefix.prefixBits();
        if (prefix.address().isV6()) {
            v6 = PrefixTrie.insert(v6, high(prefix), low(prefix), length, entry);
        } else {
            v4 = PrefixTrie.insert(v4, high(prefix), low(prefix), length, entry);
        }
        append(entry);
    }

    /**
     * Takes the prefix from the peer.
     *
     * @return false when exactly this prefix is not the peer's
     */
    public boolean remove(Cidr prefix, P peer) {
        Entry<P> entry = find(prefix);
        if (entry == null || !entry.peer.equals(peer)) {
            return false;
        }
        cut(entry);
        return true;
    }

    /** Takes all its prefixes from the peer. */
    public void removeAll(P peer) {
        EntryList<P> list = byPeer.get(peer);
        while (list != null && list.first != null) {
            cut(list.first);
        }
    }

    /** Makes the changes since the last call visible to other threads. */
    public void publish() {
        Roots<P> roots = published;
        if (roots.v4 != v4 || roots.v6 != v6) {
            published = new Roots<>(roots.version + 1, v4, v6);
        }
    }

    /** Another number after each change that was published. */
    long version() {
        return published.version;
    }

    /** The peer's prefixes in order of insertion, published or not. */
    public List<Cidr> list(P peer) {
        EntryList<P> list = byPeer.get(peer);
        if (list == null) {
            return List.of();
        }
        List<Cidr> prefixes = new ArrayList<>();
        for (Entry<P> entry = list.first; entry != null; entry = entry.after) {
            prefixes.add(entry.prefix);
        }
        return prefixes;
    }

    private @Nullable Entry<P> find(Cidr prefix) {
        return PrefixTrie.exactMatch(prefix.address().isV6() ? v6 : v4, high(prefix), low(prefix), prefix.prefixBits());
    }

    private void cut(Entry<P> entry) {
        Cidr prefix = entry.prefix;
        if (prefix.address().isV6() && v6 != null) {
            v6 = PrefixTrie.remove(v6, high(prefix), low(prefix), prefix.prefixBits());
        } else if (v4 != null) {
            v4 = PrefixTrie.remove(v4, high(prefix), low(prefix), prefix.prefixBits());
        }
        unlink(entry);
    }

    private void append(Entry<P> entry) {
        EntryList<P> list = byPeer.computeIfAbsent(entry.peer, _ -> new EntryList<>());
        entry.before = list.last;
        if (list.last == null) {
            list.first = entry;
        } else {
            list.last.after = entry;
        }
        list.last = entry;
    }

    private void unlink(Entry<P> entry) {
        EntryList<P> list = byPeer.get(entry.peer);
        if (list == null) {
            throw new IllegalStateException("prefix of a peer without a list: " + entry.prefix);
        }
        if (entry.before == null) {
            list.first = entry.after;
        } else {
            entry.before.after = entry.after;
        }
        if (entry.after == null) {
            list.last = entry.before;
        } else {
            entry.after.before = entry.before;
        }
        if (list.first == null) {
            byPeer.remove(entry.peer);
        }
    }

    private static long high(Cidr prefix) {
        IpAddress address = prefix.address();
        return address.isV6() ? address.high() : address.low() << 32;
    }

    private static long low(Cidr prefix) {
        IpAddress address = prefix.address();
        return address.isV6() ? address.low() : 0;
    }
}
