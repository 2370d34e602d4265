package skyawg.protocol.setup;

import java.util.ArrayDeque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;

/**
 * A node's keys M, which open set-ups: a new one every 24 h, each valid for 48 h and erased 10 min after. So a node
 * that is seized opens no set-up that is two days old. They are never stored: a node that is started again has new
 * ones, and opens nothing that was made for it before, so that no replay filter has to outlive the process. One thread
 * at a time; the owner closes it.
 */
public final class MediumTermKeys implements AutoCloseable {
    public static final long PERIOD_SECONDS = 24 * 3600;
    public static final long VALID_SECONDS = 48 * 3600;
    /** A set-up made just before expiry is still opened. */
    public static final long GRACE_SECONDS = 600;

    private static final int IDS = 256;

    private final Entropy entropy;
    private final ArrayDeque<Entry> oldestFirst = new ArrayDeque<>();
    private int nextId;

    /** The first key has a random id, which after a restart is hardly that of a record still about. */
    public MediumTermKeys(Entropy entropy, long unixSeconds) {
        this.entropy = entropy;
        nextId = (int) entropy.uniform(0, IDS - 1);
        advance(unixSeconds);
    }

    /**
     * Makes and erases what is due. A clock that was set back makes no key live longer than 48 h from now.
     *
     * @return true when {@link #current} has changed
     */
    public boolean advance(long unixSeconds) {
        for (Iterator<Entry> entries = oldestFirst.iterator(); entries.hasNext(); ) {
            Entry entry = entries.next();
            entry.created = Math.min(entry.created, unixSeconds);
            if (unixSeconds >= entry.eraseAt()) {
                entry.key.close();
                entries.remove();
            }
        }
        if (!oldestFirst.isEmpty() && unixSeconds < oldestFirst.getLast().created + PERIOD_SECONDS) {
            return false;
        }
        oldestFirst.add(new Entry(nextId, DhKey.generate(entropy), unixSeconds));
        nextId = (nextId + 1) % IDS;
        return true;
    }

    /** When {@link #advance} next has something to do, in unix seconds. */
    public long nextChange() {
        return Math.min(oldestFirst.getFirst().eraseAt(), oldestFirst.getLast().created + PERIOD_SECONDS);
    }

    /** The newest, for the node record. */
    public MediumTermKey current() {
        Entry newest = oldestFirst.getLast();
        byte[] publicKey = new byte[DhKey.LENGTH];
        newest.key.publicKey(publicKey);
        return new MediumTermKey(newest.id, PublicKey.of(publicKey), newest.created + VALID_SECONDS);
    }

    /** The key with this id, unless it is erased. */
    @Nullable
    DhKey find(int id) {
        for (Entry entry : oldestFirst) {
            if (entry.id == id) {
                return entry.key;
            }
        }
        return null;
    }

    @Override
    public void close() {
        oldestFirst.forEach(entry -> entry.key.close());
        oldestFirst.clear();
    }

    private static final class Entry {
        private final int id;
        private final DhKey key;
        private long created;

        private Entry(int id, DhKey key, long created) {
            this.id = id;
            this.key = key;
            this.created = created;
        }

        private long eraseAt() {
            return created + VALID_SECONDS + GRACE_SECONDS;
        }
    }
}
