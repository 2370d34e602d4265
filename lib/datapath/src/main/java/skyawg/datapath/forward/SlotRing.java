package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import skyawg.protocol.wire.Memory;

/**
 * Fixed slots off the heap, handed in order from one thread to another. One thread puts, one takes; neither waits. What
 * the putter writes for a slot before it calls {@link #put} the taker sees, wherever it was written.
 */
final class SlotRing {
    private final int capacity;
    private final int slotLength;
    private final long slots;
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();

    /** @param capacity a power of two */
    SlotRing(Arena arena, int capacity, int slotLength) {
        this.capacity = capacity;
        this.slotLength = slotLength;
        this.slots = Memory.allocate(arena, (long) capacity * slotLength);
    }

    /** How many slots wait to be taken. Any thread. */
    int size() {
        return (int) (tail.getAcquire() - head.getAcquire());
    }

    /** Where a slot lies. */
    long address(int slot) {
        return slots + (long) slot * slotLength;
    }

    // The three below are the putter's.

    boolean isFull() {
        return tail.getPlain() - head.getAcquire() == capacity;
    }

    /** The slot that {@link #put} will hand over; it must be free. */
    int next() {
        return slot(tail.getPlain());
    }

    void put() {
        tail.setRelease(tail.getPlain() + 1);
    }

    // The two below are the taker's, and mean the oldest slot; there must be one.

    int oldest() {
        return slot(head.getPlain());
    }

    void remove() {
        head.setRelease(head.getPlain() + 1);
    }

    private int slot(long count) {
        return (int) (count & (capacity - 1));
    }
}
