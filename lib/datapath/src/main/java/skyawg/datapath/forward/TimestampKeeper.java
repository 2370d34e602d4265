package skyawg.datapath.forward;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.HandshakeEngine;

/**
 * Sees that no initiation after a restart is older than one before it, whatever the clock says then: peers would refuse
 * it (CVE-2021-46873 and machines that start without a clock). What is kept is a promise, a little ahead of the newest
 * stamp, so that it is written every ten seconds at most and still holds when the process is killed; an orderly end
 * writes the newest stamp itself.
 *
 * <p>Belongs to the conductor, which never waits for a write of its own accord.
 */
final class TimestampKeeper {
    /** No more: a stamp this far ahead of the clock is what a kill costs. */
    private static final long AHEAD_NANOS = 10_000_000_000L;

    private final String interfaceName;
    private final HandshakeEngine engine;
    private final TimestampStore store;

    private @Nullable PublicKey key;
    private long promised;
    private long saves;

    private final Object writing = new Object();
    private long lastWritten;

    TimestampKeeper(String interfaceName, HandshakeEngine engine, TimestampStore store) {
        this.interfaceName = interfaceName;
        this.engine = engine;
        this.store = store;
    }

    /** Writes a new promise, in the background, when the newest stamp has passed the old one. */
    void follow() {
        PublicKey current = key;
        if (current == null) {
            return;
        }
        long newest = engine.timestampFloor();
        if (newest > promised) {
            promised = newest + AHEAD_NANOS;
            long value = promised;
            long save = ++saves;
            Thread.ofVirtual().name("timestamp").start(() -> write(current, value, save));
        }
    }

    /**
     * The interface may have another private key: what is known of the old one is kept, what is known of the new one
     * holds from now on.
     *
     * @param newestOfOld {@link HandshakeEngine#timestampFloor} before the change
     */
    void setKey(Optional<PublicKey> newKey, long newestOfOld) {
        PublicKey next = newKey.orElse(null);
        if (next == null ? key == null : next.equals(key)) {
            return;
        }
        save(newestOfOld);
        key = next;
        promised = 0;
        if (next != null) {
            promised = store.load(interfaceName, next);
            engine.setTimestampFloor(promised);
        }
    }

    /** The last words; waits for the write. */
    void close() {
        save(engine.timestampFloor());
        key = null;
    }

    private void save(long newest) {
        if (key != null && newest != 0 && newest != promised) {
            write(key, newest, ++saves);
        }
    }

    /** A write that was overtaken by a later one is none. */
    private void write(PublicKey of, long value, long save) {
        synchronized (writing) {
            if (save > lastWritten) {
                lastWritten = save;
                store.save(interfaceName, of, value);
            }
        }
    }
}
