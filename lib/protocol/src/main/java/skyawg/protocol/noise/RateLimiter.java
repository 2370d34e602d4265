package skyawg.protocol.noise;

import java.util.Arrays;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.IpAddress;

/**
 * How many handshake messages a source address may send: a token bucket each. While the interface is under load, five,
 * refilled at 20 a second; that is asked only about senders that have proved their address by mac2.
 *
 * <p>Sources lie in parallel arrays, chained by hash; 40 bytes each and {@link #MAX_SOURCES} at most, so 5 MB. A source
 * that was silent until its bucket must be full, a second at least, is swept out; new sources are refused while the
 * table is full.
 */
final class RateLimiter {
    static final int MAX_SOURCES = 1 << 17;
    static final long SWEEP_INTERVAL = Constants.NANOS_PER_SECOND;

    /** Nanoseconds of waiting that one message costs. */
    static final long COST = Constants.NANOS_PER_SECOND / 20;

    static final long CAPACITY = 5 * COST;

    private static final int INITIAL_SOURCES = 64;
    private static final int NONE = -1;

    private final long hashSeed;
    private final long cost;
    private final long capacity;
    private final long sweepInterval;
    private int size;
    private long lastSweepNanos;

    // Of each source.
    private long[] highs = {};
    private long[] lows = {};
    private long[] lastSeen = {};
    private int[] tokens = {};
    private int[] nexts = {};
    /** First source of each chain. */
    private int[] heads = {};

    /** For handshake messages under load. */
    RateLimiter(Entropy entropy) {
        this(entropy, COST, CAPACITY);
    }

    /**
     * @param cost nanoseconds of waiting that one message costs
     * @param capacity what a full bucket has saved, 2^31 - 1 at most; a source that is known needs more than the cost
     */
    RateLimiter(Entropy entropy, long cost, long capacity) {
        this.hashSeed = entropy.nextLong() | 1;
        this.cost = cost;
        this.capacity = Math.toIntExact(capacity);
        this.sweepInterval = Math.max(SWEEP_INTERVAL, capacity);
    }

    /** Takes a token of this source. @return false when it has none left */
    boolean allow(IpAddress source, long nowNanos) {
        sweepIfDue(nowNanos);
        long high = source.high();
        long low = source.isV6() ? source.low() : 0xffff_0000_0000L | source.low();
        int found = find(high, low);
        if (found == NONE) {
            return add(high, low, nowNanos);
        }
        long filled = Math.min(capacity, tokens[found] + (nowNanos - lastSeen[found]));
        lastSeen[found] = nowNanos;
        boolean allowed = filled > cost;
        tokens[found] = (int) (allowed ? filled - cost : filled);
        return allowed;
    }

    /** Forgets sources that have been silent for so long. Once in that time is enough. */
    void sweepIfDue(long nowNanos) {
        if (nowNanos - lastSweepNanos < sweepInterval) {
            return;
        }
        lastSweepNanos = nowNanos;
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (nowNanos - lastSeen[i] <= sweepInterval) {
                highs[kept] = highs[i];
                lows[kept] = lows[i];
                lastSeen[kept] = lastSeen[i];
                tokens[kept] = tokens[i];
                kept++;
            }
        }
        if (kept < size) {
            size = kept;
            resize(Math.max(INITIAL_SOURCES, Integer.highestOneBit(2 * kept)));
        }
    }

    /** When {@link #sweepIfDue} next has something to do; {@link PeerTimers#NEVER} without sources. */
    long nextSweep() {
        return size == 0 ? PeerTimers.NEVER : lastSweepNanos + sweepInterval;
    }

    int size() {
        return size;
    }

    /** Bytes of the arrays. */
    long memoryBytes() {
        return (long) highs.length * (3 * Long.BYTES + 2 * Integer.BYTES) + (long) heads.length * Integer.BYTES;
    }

    private int find(long high, long low) {
        if (size == 0) {
            return NONE;
        }
        int i = heads[bucket(high, low)];
        while (i != NONE && (highs[i] != high || lows[i] != low)) {
            i = nexts[i];
        }
        return i;
    }

    private boolean add(long high, long low, long nowNanos) {
        if (size == highs.length) {
            if (size == MAX_SOURCES) {
                return false;
            }
            resize(Math.max(INITIAL_SOURCES, 2 * size));
        }
        highs[size] = high;
        lows[size] = low;
        lastSeen[size] = nowNanos;
        tokens[size] = (int) (capacity - cost);
        link(size);
        size++;
        return true;
    }

    private void resize(int capacity) {
        highs = Arrays.copyOf(highs, capacity);
        lows = Arrays.copyOf(lows, capacity);
        lastSeen = Arrays.copyOf(lastSeen, capacity);
        tokens = Arrays.copyOf(tokens, capacity);
        nexts = new int[capacity];
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
        for (int i = 0; i < size; i++) {
            link(i);
        }
    }

    private void link(int i) {
        int bucket = bucket(highs[i], lows[i]);
        nexts[i] = heads[bucket];
        heads[bucket] = i;
    }

    /** The seed is secret, so nobody can choose addresses that share a chain. */
    private int bucket(long high, long low) {
        long mixed = (high ^ Long.rotateLeft(low, 32) ^ hashSeed) * 0x9e37_79b9_7f4a_7c15L;
        mixed = (mixed ^ (mixed >>> 29) ^ low) * hashSeed;
        return (int) (mixed >>> 40) & (heads.length - 1);
    }
}
