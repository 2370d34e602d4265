package skyawg.protocol.noise;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;

/**
 * Decides who may become a dynamic peer, and when one must go: by key, without knowing what a peer is. Nothing is kept
 * of a stranger who is refused but the tokens of its source, and each bound is looked at before anything is made.
 *
 * <pre>
 *   added ----------------- first session ---------------&gt; confirmed
 *     | confirmNanos                                           | idleNanos, unless in use (from being added on)
 *     v                                                        v
 *   gone: its stamp is remembered for 300 s                   gone
 * </pre>
 */
final class DynamicPeerRegister {
    /** Clocks that are further apart shut each other out. */
    static final long CLOCK_TOLERANCE = 120 * Constants.NANOS_PER_SECOND;

    /** An earlier life of this node may have answered what the memory does not know yet. */
    static final long YOUNG = StampMemory.LIFETIME;

    private static final int V6_SOURCE_BITS = 64;

    private static final class Entry {
        private final PublicKey key;
        private final boolean isStranger;
        private final long addedNanos;
        private boolean isConfirmed;
        private long idleSinceNanos;

        Entry(PublicKey key, boolean isStranger, long nowNanos) {
            this.key = key;
            this.isStranger = isStranger;
            this.addedNanos = nowNanos;
        }
    }

    /** Who must go. */
    record Due(PublicKey key, DynamicPeerEnd end) {}

    private final DynamicPeerBounds bounds;
    private final RateLimiter sources;
    private final StampMemory memory = new StampMemory();
    private final long startNanos;
    private final Map<PublicKey, Entry> entries = new HashMap<>();
    /** In order of their being added, so the first is due first; likewise below. */
    private final LinkedHashSet<Entry> unconfirmed = new LinkedHashSet<>();

    private final LinkedHashSet<Entry> idle = new LinkedHashSet<>();
    private final byte[] startStamp = new byte[Tai64n.LENGTH];
    private int strangers;
    private int unconfirmedStrangers;

    DynamicPeerRegister(DynamicPeerBounds bounds, Entropy entropy, long nowNanos) {
        this.bounds = bounds;
        this.startNanos = nowNanos;
        long cost = Constants.NANOS_PER_SECOND / bounds.sourcePerSecond();
        // One more than the burst's cost: the limiter wants to see more than it takes.
        sources = new RateLimiter(entropy, cost, bounds.sourceBurst() * cost + 1);
    }

    /** Why a stranger from this source would be refused whatever its stamp is; takes a token when it returns null. */
    @Nullable
    StrangerRefusal refusal(IpAddress source, long nowNanos) {
        if (strangers >= bounds.maxStrangers()) {
            return StrangerRefusal.TOO_MANY_PEERS;
        }
        if (unconfirmedStrangers >= bounds.maxUnconfirmed()) {
            return StrangerRefusal.TOO_MANY_UNCONFIRMED;
        }
        if (memory.size(nowNanos) + entries.size() >= bounds.maxRememberedKeys()) {
            return StrangerRefusal.MEMORY_FULL;
        }
        IpAddress bucket = source.isV6() ? source.masked(V6_SOURCE_BITS) : source;
        return sources.allow(bucket, nowNanos) ? null : StrangerRefusal.SOURCE_RATE;
    }

    /** Why this stamp is not good for an answer; null when it is. */
    @Nullable
    StrangerRefusal refusal(PublicKey key, byte[] stamp, long unixNanos, long nowNanos) {
        if (!Tai64n.isNear(stamp, unixNanos, CLOCK_TOLERANCE)) {
            return StrangerRefusal.WRONG_CLOCK;
        }
        long age = nowNanos - startNanos;
        if (age < YOUNG) {
            // By the clock as it is now: it may have been set since.
            Tai64n.write(startStamp, 0, unixNanos - age);
            if (!Tai64n.isAfter(stamp, startStamp)) {
                return StrangerRefusal.BEFORE_START;
            }
        }
        return memory.isNewer(key, stamp, nowNanos) ? null : StrangerRefusal.REPLAYED;
    }

    /** Whether one more may be added that is no stranger. Strangers cannot use up the places of these. */
    boolean hasRoomForOurs(long nowNanos) {
        return entries.size() - strangers < bounds.maxStrangers()
                && memory.size(nowNanos) + entries.size() < 2 * bounds.maxRememberedKeys();
    }

    /** A peer is added that is not there yet; a stranger only when neither {@link #refusal} objects. */
    void add(PublicKey key, boolean isStranger, boolean isInUse, long nowNanos) {
        Entry entry = new Entry(key, isStranger, nowNanos);
        if (entries.putIfAbsent(key, entry) != null) {
            throw new IllegalStateException("there is such a dynamic peer already: " + key);
        }
        unconfirmed.add(entry);
        strangers += isStranger ? 1 : 0;
        unconfirmedStrangers += isStranger ? 1 : 0;
        setInUse(key, isInUse, nowNanos);
    }

    /** The peer has a session that both ends know of. @return whether it is a dynamic one, and this its first */
    boolean confirm(PublicKey key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.isConfirmed) {
            return false;
        }
        entry.isConfirmed = true;
        unconfirmed.remove(entry);
        unconfirmedStrangers -= entry.isStranger ? 1 : 0;
        return true;
    }

    /** Nothing happens to a peer that is not dynamic, or was so already. */
    void setInUse(PublicKey key, boolean isInUse, long nowNanos) {
        Entry entry = entries.get(key);
        if (entry == null) {
            return;
        }
        if (isInUse) {
            idle.remove(entry);
        } else if (idle.add(entry)) {
            entry.idleSinceNanos = nowNanos;
        }
    }

    /**
     * The peer is removed, or is a configured one from now on.
     *
     * @return whether somebody knows of it: it had come, or was no stranger
     */
    boolean remove(PublicKey key) {
        Entry entry = entries.remove(key);
        if (entry == null) {
            return false;
        }
        idle.remove(entry);
        unconfirmed.remove(entry);
        if (entry.isStranger) {
            strangers--;
            unconfirmedStrangers -= entry.isConfirmed ? 0 : 1;
        }
        return entry.isConfirmed || !entry.isStranger;
    }

    /** Gives up the newest stamp remembered of a peer that is there again, dynamic or not; null for none. */
    byte @Nullable [] recall(PublicKey key, long nowNanos) {
        return memory.recall(key, nowNanos);
    }

    /** Keeps the newest stamp of a peer that was removed, dynamic or not. */
    void remember(PublicKey key, byte[] stamp, long nowNanos) {
        if (memory.size(nowNanos) < 2 * bounds.maxRememberedKeys()) {
            memory.remember(key, stamp, nowNanos);
        }
    }

    /** Who must go now; null for nobody. */
    @Nullable
    Due due(long nowNanos) {
        if (!unconfirmed.isEmpty() && nowNanos - unconfirmed.getFirst().addedNanos >= bounds.confirmNanos()) {
            return new Due(unconfirmed.getFirst().key, DynamicPeerEnd.UNCONFIRMED);
        }
        if (!idle.isEmpty() && nowNanos - idle.getFirst().idleSinceNanos >= bounds.idleNanos()) {
            return new Due(idle.getFirst().key, DynamicPeerEnd.IDLE);
        }
        sources.sweepIfDue(nowNanos);
        return null;
    }

    /** When {@link #due} has something to say; {@link PeerTimers#NEVER} when nothing comes. */
    long nextDeadline() {
        long confirmed =
                unconfirmed.isEmpty() ? PeerTimers.NEVER : unconfirmed.getFirst().addedNanos + bounds.confirmNanos();
        long used = idle.isEmpty() ? PeerTimers.NEVER : idle.getFirst().idleSinceNanos + bounds.idleNanos();
        return Math.min(Math.min(confirmed, used), sources.nextSweep());
    }

    boolean contains(PublicKey key) {
        return entries.containsKey(key);
    }

    int size() {
        return entries.size();
    }

    int unconfirmedStrangers() {
        return unconfirmedStrangers;
    }

    int strangers() {
        return strangers;
    }

    int remembered(long nowNanos) {
        return memory.size(nowNanos);
    }
}
