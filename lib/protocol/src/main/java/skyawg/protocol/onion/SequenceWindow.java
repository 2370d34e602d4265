package skyawg.protocol.onion;

import java.util.Arrays;

/**
 * Which of the newest {@code size} sequence numbers have been received: a ring with a bit for each.
 *
 * <pre>
 *   sequence:  ... | newest - size + 1 ....... newest | newest + 1 ...
 *         too old  |             bit says             |  never seen
 * </pre>
 *
 * <p>Exactly {@code size} wide, unlike the ring of RFC 6479, which drops bits by the block. One thread at a time. Asked
 * only after the tag was found right: a forged number must not move the window.
 */
public final class SequenceWindow {
    private static final long NONE = -1;

    private final int size;
    private final long[] received;
    private long newest = NONE;

    /** @param size a power of two, at least 64 */
    public SequenceWindow(int size) {
        if (size < Long.SIZE || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a window's size is a power of two from 64 on, not " + size);
        }
        this.size = size;
        this.received = new long[size / Long.SIZE];
    }

    /** Marks the number as received. @return false when it was received before, is too old, or is negative */
    public boolean accept(long sequence) {
        if (sequence < 0) {
            return false;
        }
        if (sequence > newest) {
            advance(sequence);
        } else if (sequence <= newest - size || (received[block(sequence)] & bit(sequence)) != 0) {
            return false;
        }
        received[block(sequence)] |= bit(sequence);
        return true;
    }

    /** The bits of numbers that nobody has seen yet still say what was {@code size} before. */
    private void advance(long sequence) {
        if (sequence - size >= newest) {
            Arrays.fill(received, 0);
        } else {
            long unseen = newest + 1;
            long left = sequence - newest; // counted, since the largest number has none behind it
            while (left > 0) {
                if (unseen % Long.SIZE == 0 && left > Long.SIZE) {
                    received[block(unseen)] = 0;
                    unseen += Long.SIZE;
                    left -= Long.SIZE;
                } else {
                    received[block(unseen)] &= ~bit(unseen);
                    unseen++;
                    left--;
                }
            }
        }
        newest = sequence;
    }

    private int block(long sequence) {
        return (int) (sequence >>> 6) & (received.length - 1);
    }

    private static long bit(long sequence) {
        return 1L << sequence;
    }
}
