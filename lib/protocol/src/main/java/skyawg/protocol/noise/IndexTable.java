package skyawg.protocol.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;

/**
 * Which handshake or session a receiver index means. An interface has one table: all 32 bits of an index are random, so
 * it tells nothing about the peer or the order of sessions.
 *
 * <p>The conductor writes; {@link #lookup} may be called by any thread, takes no lock and allocates nothing. Entries
 * hang in chains that a writer changes one link at a time, and a larger table gets copies of them, so a reader finds
 * every entry that is there during its whole walk.
 */
public final class IndexTable {
    private static final int INITIAL_BUCKETS = 64;
    private static final VarHandle BUCKET = MethodHandles.arrayElementVarHandle(Entry[].class);

    /** What an index stands for. */
    public static final class Entry {
        private final int index;
        private final Peer peer;
        private final @Nullable Keypair keypair;
        private volatile @Nullable Entry next;

        private Entry(int index, Peer peer, @Nullable Keypair keypair) {
            this.index = index;
            this.peer = peer;
            this.keypair = keypair;
        }

        public int index() {
            return index;
        }

        public Peer peer() {
            return peer;
        }

        /** The session; null while the handshake is under way. */
        public @Nullable Keypair keypair() {
            return keypair;
        }
    }

    private final Entropy entropy;
    private volatile @Nullable Entry[] buckets = new @Nullable Entry[INITIAL_BUCKETS];
    private int size;

    /** @param entropy the conductor's */
    public IndexTable(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Any thread. */
    public @Nullable Entry lookup(int index) {
        @Nullable Entry[] now = buckets;
        for (Entry entry = head(now, index); entry != null; entry = entry.next) {
            if (entry.index == index) {
                return entry;
            }
        }
        return null;
    }

    /** How many indices are in use. Conductor. */
    public int size() {
        return size;
    }

    /** Gives the peer's handshake an index that nothing else has. */
    int allocate(Peer peer) {
        int index = (int) entropy.nextLong();
        while (lookup(index) != null) {
            index = (int) entropy.nextLong();
        }
        if (size >= buckets.length) {
            grow();
        }
        link(buckets, new Entry(index, peer, null));
        size++;
        return index;
    }

    /** Makes the index of a handshake that of the session it led to. */
    void promote(int index, Keypair keypair) {
        Entry old = lookup(index);
        if (old == null) {
            throw new IllegalStateException("no such index to promote");
        }
        // In the place of the old one: a reader that has passed the head of the chain must still meet one of the two.
        Entry session = new Entry(index, keypair.peer(), keypair);
        session.next = old.next;
        relink(old, session);
    }

    /** Frees an index. Nothing happens when it is free already. */
    void release(int index) {
        Entry entry = lookup(index);
        if (entry != null) {
            unlink(entry);
            size--;
        }
    }

    private void unlink(Entry gone) {
        relink(gone, gone.next);
    }

    /** Lets the link that leads to {@code gone} lead to {@code successor}. */
    private void relink(Entry gone, @Nullable Entry successor) {
        @Nullable Entry[] now = buckets;
        Entry before = null;
        for (Entry entry = head(now, gone.index); entry != gone; entry = entry.next) {
            if (entry == null) {
                throw new IllegalStateException("entry is not in the table");
            }
            before = entry;
        }
        if (before == null) {
            BUCKET.setRelease(now, bucketOf(now, gone.index), successor);
        } else {
            before.next = successor;
        }
    }

    private void grow() {
        @Nullable Entry[] old = buckets;
        @Nullable Entry[] larger = new @Nullable Entry[2 * old.length];
        for (Entry head : old) {
            for (Entry entry = head; entry != null; entry = entry.next) {
                link(larger, new Entry(entry.index, entry.peer, entry.keypair));
            }
        }
        buckets = larger;
    }

    private static void link(@Nullable Entry[] table, Entry entry) {
        entry.next = head(table, entry.index);
        BUCKET.setRelease(table, bucketOf(table, entry.index), entry);
    }

    private static @Nullable Entry head(@Nullable Entry[] table, int index) {
        return (Entry) BUCKET.getAcquire(table, bucketOf(table, index));
    }

    /** The indices are random: their low bits serve as the hash. */
    private static int bucketOf(@Nullable Entry[] table, int index) {
        return index & (table.length - 1);
    }
}
