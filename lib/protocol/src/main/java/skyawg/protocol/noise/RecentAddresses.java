package skyawg.protocol.noise;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One packet thread's memory of {@link AllowedIps}: the answers to the addresses it asked for last, so that ten
 * thousand peers cost a packet no more than ten do. It forgets everything when a change is published.
 *
 * <p>Each address has one place by its hash, where the next one with that place replaces it. One thread; no call
 * allocates.
 *
 * @param <P> the peer
 */
public final class RecentAddresses<P> {
    private static final int PLACES = 4096;
    private static final int HASH_SHIFT = Long.SIZE - Integer.numberOfTrailingZeros(PLACES);

    /** What stands for "no peer", since an empty place is null. */
    private static final Object NOBODY = new Object();

    private final AllowedIps<P> allowedIps;
    private long version;
    private final int[] v4 = new int[PLACES];
    private final long[] v6Highs = new long[PLACES];
    private final long[] v6Lows = new long[PLACES];
    private final @Nullable Object[] v4Answers = new @Nullable Object[PLACES];
    private final @Nullable Object[] v6Answers = new @Nullable Object[PLACES];

    public RecentAddresses(AllowedIps<P> allowedIps) {
        this.allowedIps = allowedIps;
    }

    /** As {@link AllowedIps#lookupV4}. */
    public @Nullable P lookupV4(int address) {
        forgetIfChanged();
        int place = place(address);
        Object answer = v4Answers[place];
        if (answer == null || v4[place] != address) {
            answer = answerOf(allowedIps.lookupV4(address));
            v4[place] = address;
            v4Answers[place] = answer;
        }
        return peerOf(answer);
    }

    /** As {@link AllowedIps#lookupV6}. */
    public @Nullable P lookupV6(long high, long low) {
        forgetIfChanged();
        int place = place(high * 31 + low);
        Object answer = v6Answers[place];
        if (answer == null || v6Highs[place] != high || v6Lows[place] != low) {
            answer = answerOf(allowedIps.lookupV6(high, low));
            v6Highs[place] = high;
            v6Lows[place] = low;
            v6Answers[place] = answer;
        }
        return peerOf(answer);
    }

    /**
     * An answer may be newer than {@code version} says, never older: the version is read first, and a change published
     * in between is noticed at the next call.
     */
    private void forgetIfChanged() {
        long now = allowedIps.version();
        if (now != version) {
            Arrays.fill(v4Answers, null);
            Arrays.fill(v6Answers, null);
            version = now;
        }
    }

    private static int place(long address) {
        return (int) ((address * 0x9e37_79b9_7f4a_7c15L) >>> HASH_SHIFT);
    }

    private static Object answerOf(@Nullable Object peer) {
        return peer == null ? NOBODY : peer;
    }

    @SuppressWarnings("unchecked") // only answers of allowedIps are kept
    private @Nullable P peerOf(Object answer) {
        return answer == NOBODY ? null : (P) answer;
    }
}
