package skyawg.protocol.multipath;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLongArray;
import skyawg.protocol.wire.Memory;

/**
 * Hands the newest ACK block of one path from one thread to another. Blocks count from the beginning of the LSP, so one
 * that was never read is no loss. One thread writes, one reads; neither waits.
 */
public final class LatestBlock {
    private static final int VERSION = 0;
    private static final int SENT_MICROS = 1;
    private static final int WHEN_NANOS = 2;
    private static final int BLOCK = 3;
    private static final int LENGTH = BLOCK + AckBlock.LENGTH / Long.BYTES;

    /** Version (odd while being written), then the values. */
    private final AtomicLongArray words = new AtomicLongArray(LENGTH);

    private long seenVersion;
    private int blockSentMicros;
    private long whenNanos;

    /**
     * Puts a block in place of the one before. The writing thread.
     *
     * @param blockSentMicros of the packet that carried it; any value for a block of our own
     * @param nowNanos when it came
     */
    public void put(long block, int blockSentMicros, long nowNanos) {
        long version = words.getPlain(VERSION);
        words.setOpaque(VERSION, version + 1);
        VarHandle.storeStoreFence(); // the odd version is seen before any new word
        words.setOpaque(SENT_MICROS, blockSentMicros);
        words.setOpaque(WHEN_NANOS, nowNanos);
        for (int i = 0; i < AckBlock.LENGTH / Long.BYTES; i++) {
            words.setOpaque(BLOCK + i, Memory.getLongBe(block + (long) i * Long.BYTES));
        }
        words.setRelease(VERSION, version + 2); // all new words are seen before the even version
    }

    /**
     * Copies the newest block out if it was not taken before. The reading thread.
     *
     * @param block {@link AckBlock#LENGTH} bytes
     * @return false when there is none, or it is just being written
     */
    public boolean take(long block) {
        long version = words.getAcquire(VERSION);
        if (version == seenVersion || (version & 1) != 0) {
            return false;
        }
        int sentMicros = (int) words.getOpaque(SENT_MICROS);
        long nanos = words.getOpaque(WHEN_NANOS);
        for (int i = 0; i < AckBlock.LENGTH / Long.BYTES; i++) {
            Memory.putLongBe(block + (long) i * Long.BYTES, words.getOpaque(BLOCK + i));
        }
        VarHandle.loadLoadFence(); // the version is read again after all words
        if (words.getOpaque(VERSION) != version) {
            return false;
        }
        seenVersion = version;
        blockSentMicros = sentMicros;
        whenNanos = nanos;
        return true;
    }

    /** Of the block taken last. The reading thread. */
    public int blockSentMicros() {
        return blockSentMicros;
    }

    /** When the block taken last came. The reading thread. */
    public long whenNanos() {
        return whenNanos;
    }
}
