package skyawg.protocol.setup;

import java.util.Arrays;
import skyawg.protocol.crypto.Entropy;

/**
 * Which keys E of set-ups were seen in the last 300 s, so that a repeated set-up draws no answer. Only an E whose slot
 * opened is entered: strangers cannot fill it. When it is full, set-ups are dropped, never forgotten ones let in.
 *
 * <pre>
 *   ring:    oldest ............ newest        in order of time, so what expires is at its begin
 *   chains:  head of a hash -> newer -> older
 * </pre>
 *
 * <p>40 bytes an entry and 8 for its chain, in arrays that grow to {@link #MAX_ENTRIES}: 3 MB. One thread at a time.
 */
public final class ReplayFilter {
    public static final int MAX_ENTRIES = 1 << 16;
    public static final long LIFETIME_NANOS = 300 * 1_000_000_000L;

    private static final int WORDS = 4;
    private static final int INITIAL_ENTRIES = 64;
    private static final int NONE = -1;

    private final long hashSeed;
    private int first;
    private int size;

    // Of each place in the ring.
    private long[] words = {};
    private long[] times = {};
    private int[] nexts = {};
    /** Newest entry of each chain. */
    private int[] heads = {};

    public ReplayFilter(Entropy entropy) {
        hashSeed = entropy.nextLong() | 1;
    }

    /** Whether this key, 32 bytes, was added in the last 300 s. */
    boolean contains(byte[] key, long nowNanos) {
        expire(nowNanos);
        if (size == 0) {
            return false;
        }
        int i = heads[bucket(word(key, 0), word(key, 1), word(key, 2), word(key, 3))];
        while (i != NONE && !holds(i, key)) {
            i = nexts[i];
        }
        return i != NONE;
    }

    boolean isFull(long nowNanos) {
        expire(nowNanos);
        return size == MAX_ENTRIES;
    }

    /** Enters a key that is not there; the filter is not full. */
    void add(byte[] key, long nowNanos) {
        expire(nowNanos);
        if (size == times.length) {
            grow();
        }
        int place = (first + size) & (times.length - 1);
        for (int i = 0; i < WORDS; i++) {
            words[WORDS * place + i] = word(key, i);
        }
        times[place] = nowNanos;
        link(place);
        size++;
    }

    /** How many keys are remembered. */
    public int size() {
        return size;
    }

    private void expire(long nowNanos) {
        while (size > 0 && nowNanos - times[first] >= LIFETIME_NANOS) {
            unlink(first);
            first = (first + 1) & (times.length - 1);
            size--;
        }
    }

    private void grow() {
        int capacity = Math.max(INITIAL_ENTRIES, 2 * size);
        if (capacity > MAX_ENTRIES) {
            throw new IllegalStateException("the replay filter is full");
        }
        long[] oldWords = words;
        long[] oldTimes = times;
        words = new long[WORDS * capacity];
        times = new long[capacity];
        nexts = new int[capacity];
        heads = new int[capacity];
        Arrays.fill(heads, NONE);
        for (int i = 0; i < size; i++) {
            int old = (first + i) & (oldTimes.length - 1);
            System.arraycopy(oldWords, WORDS * old, words, WORDS * i, WORDS);
            times[i] = oldTimes[old];
            link(i);
        }
        first = 0;
    }

    private void link(int place) {
        int bucket = bucket(place);
        nexts[place] = heads[bucket];
        heads[bucket] = place;
    }

    /** The oldest of all is the last of its chain. */
    private void unlink(int place) {
        int bucket = bucket(place);
        if (heads[bucket] == place) {
            heads[bucket] = NONE;
            return;
        }
        int before = heads[bucket];
        while (nexts[before] != place) {
            before = nexts[before];
        }
        nexts[before] = NONE;
    }

    private boolean holds(int place, byte[] key) {
        boolean same = true;
        for (int i = 0; i < WORDS; i++) {
            same &= words[WORDS * place + i] == word(key, i);
        }
        return same;
    }

    private int bucket(int place) {
        int at = WORDS * place;
        return bucket(words[at], words[at + 1], words[at + 2], words[at + 3]);
    }

    /** The seed is secret, so nobody can choose keys that share a chain. */
    private int bucket(long word0, long word1, long word2, long word3) {
        long mixed = mix(word0 ^ hashSeed) ^ word1;
        mixed = mix(mixed) ^ word2;
        mixed = mix(mixed) ^ word3;
        return (int) (mix(mixed) >>> 40) & (heads.length - 1);
    }

    private long mix(long word) {
        long mixed = (word ^ (word >>> 29)) * hashSeed;
        return mixed ^ (mixed >>> 32);
    }

    private static long word(byte[] key, int index) {
        long word = 0;
        for (int i = 0; i < Long.BYTES; i++) {
            word = word << Byte.SIZE | (key[Long.BYTES * index + i] & 0xff);
        }
        return word;
    }
}
