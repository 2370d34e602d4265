package skyawg.protocol.noise;

import java.util.Arrays;

/**
 * Which counters of a session have been received (RFC 6479): a ring of 128 blocks of 64 bits, of which the block being
 * filled and the 127 before it count, so that a packet may come up to 8128 counters late.
 *
 * <pre>
 *   counter:  ... | last - 8128 ....... last | last + 1 ...
 *                 too old |  bit says  | never seen
 * </pre>
 *
 * <p>Counters are unsigned. One thread at a time. Asked only after the tag was found right: a forged counter must not
 * move the window.
 */
public final class ReplayWindow {
    /** How far behind the newest counter a packet may be. */
    public static final int SIZE = 8128;

    private static final int BLOCK_COUNT = 128;
    private static final int BLOCK_MASK = BLOCK_COUNT - 1;
    private static final int BLOCK_SHIFT = 6;
    private static final long[] NOTHING_RECEIVED = {};

    private final long limit;
    private long[] blocks = NOTHING_RECEIVED;
    private long last;

    public ReplayWindow() {
        this(Constants.REJECT_AFTER_MESSAGES);
    }

    /** @param limit the first counter that is refused */
    ReplayWindow(long limit) {
        this.limit = limit;
    }

    /** Whether {@link #accept} would take this counter. Changes nothing. */
    public boolean check(long counter) {
        if (Long.compareUnsigned(counter, limit) >= 0) {
            return false;
        }
        if (Long.compareUnsigned(counter, last) > 0) {
            return true;
        }
        return Long.compareUnsigned(last - counter, SIZE) <= 0
                && (blocks.length == 0 || (blocks[ringIndex(counter)] & bit(counter)) == 0);
    }

    /** Marks the counter as received. @return false when it was received before, is too old, or is beyond the limit */
    public boolean accept(long counter) {
        if (!check(counter)) {
            return false;
        }
        if (blocks.length == 0) {
            blocks = new long[BLOCK_COUNT];
        }
        if (Long.compareUnsigned(counter, last) > 0) {
            advance(counter);
        }
        blocks[ringIndex(counter)] |= bit(counter);
        return true;
    }

    private void advance(long counter) {
        long skipped = (counter >>> BLOCK_SHIFT) - (last >>> BLOCK_SHIFT);
        if (skipped >= BLOCK_COUNT) {
            Arrays.fill(blocks, 0);
        } else {
            for (long block = 1; block <= skipped; block++) {
                blocks[(int) ((last >>> BLOCK_SHIFT) + block) & BLOCK_MASK] = 0;
            }
        }
        last = counter;
    }

    private static int ringIndex(long counter) {
        return (int) (counter >>> BLOCK_SHIFT) & BLOCK_MASK;
    }

    private static long bit(long counter) {
        return 1L << counter;
    }
}
