package skyawg.protocol.noise;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;

/**
 * The newest stamps of peers that have gone, so that an old initiation of theirs draws no answer. A stamp is kept until
 * it is too old to be accepted anyway. Some 200 bytes each; how many there may be is for the caller to see to.
 */
final class StampMemory {
    /** A stamp may be 120 s ahead of our clock when it is accepted, and is good until it is 120 s behind it. */
    static final long LIFETIME = 300 * Constants.NANOS_PER_SECOND;

    private static final class Remembered {
        private final byte[] stamp;
        private final long goneNanos;

        Remembered(byte[] stamp, long goneNanos) {
            this.stamp = stamp;
            this.goneNanos = goneNanos;
        }
    }

    /** In order of their going. */
    private final Map<PublicKey, Remembered> gone = new LinkedHashMap<>();

    /** The peer goes now. It must not be remembered already. */
    void remember(PublicKey key, byte[] stamp, long nowNanos) {
        expire(nowNanos);
        gone.put(key, new Remembered(stamp.clone(), nowNanos));
    }

    /** Whether this stamp is newer than what is remembered of the key. */
    boolean isNewer(PublicKey key, byte[] stamp, long nowNanos) {
        expire(nowNanos);
        Remembered remembered = gone.get(key);
        return remembered == null || Tai64n.isAfter(stamp, remembered.stamp);
    }

    /** The peer is back: gives up its stamp, null when there is none. */
    byte @Nullable [] recall(PublicKey key, long nowNanos) {
        expire(nowNanos);
        Remembered remembered = gone.remove(key);
        return remembered == null ? null : remembered.stamp;
    }

    int size(long nowNanos) {
        expire(nowNanos);
        return gone.size();
    }

    private void expire(long nowNanos) {
        Iterator<Remembered> oldest = gone.values().iterator();
        while (oldest.hasNext() && nowNanos - oldest.next().goneNanos >= LIFETIME) {
            oldest.remove();
        }
    }
}
