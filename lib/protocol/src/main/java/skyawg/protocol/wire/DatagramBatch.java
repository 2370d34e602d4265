package skyawg.protocol.wire;

import java.lang.foreign.Arena;

/**
 * UDP payloads lying back to back off the heap, in the order in which they are to be sent, all to one place. Belongs to
 * one thread. A payload may have no bytes at all.
 */
public final class DatagramBatch implements AutoCloseable {
    private final Arena arena = Arena.ofShared();
    private final long base;
    private final int capacityBytes;
    private final int[] ends;
    private int count;

    public DatagramBatch(int capacityBytes, int maxDatagrams) {
        this.base = Memory.allocate(arena, Math.max(1, capacityBytes));
        this.capacityBytes = capacityBytes;
        this.ends = new int[maxDatagrams];
    }

    public void clear() {
        count = 0;
    }

    public int count() {
        return count;
    }

    public long address(int index) {
        return base + start(index);
    }

    public int length(int index) {
        return ends[index] - start(index);
    }

    /** Bytes of all payloads together. */
    public int totalBytes() {
        return start(count);
    }

    /** Where the next payload is to be written. */
    public long tail() {
        return base + start(count);
    }

    /** Bytes that may be written at {@link #tail}. */
    public int room() {
        return capacityBytes - start(count);
    }

    /** Makes the {@code lengthBytes} bytes at {@link #tail} the next payload. */
    public void append(int lengthBytes) {
        if (lengthBytes < 0 || lengthBytes > room()) {
            throw new IllegalArgumentException("no room for " + lengthBytes + " bytes");
        }
        ends[count] = start(count) + lengthBytes;
        count++;
    }

    @Override
    public void close() {
        arena.close();
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
