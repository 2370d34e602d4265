package skyawg.lab.shaper;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/**
 * Frames on their way, first in, first out, in off-heap memory that grows with what it must hold. A frame is written
 * where {@link #place} says, so that it is copied no more on its way through. One thread.
 *
 * <pre>
 *  0        8        16       24                          a multiple of 64
 *  +--------+--------+--------+---------------------------+
 *  | due    | number | length | frame                     |
 *  +--------+--------+--------+---------------------------+
 * </pre>
 *
 * An entry never wraps: a length of {@value #SKIP} says that the next one is at the beginning of the memory.
 */
final class FrameRing {
    /** The largest frame: an MTU of 9216, the Ethernet header, a VLAN tag. */
    static final int MAX_LENGTH = 9216 + 18;

    /** What {@link #place} says when there is no room, and {@link #dueNanos} when there is no frame. */
    static final long NONE = 0;

    static final long NEVER = Long.MAX_VALUE;

    private static final int NUMBER_OFFSET = 8;
    private static final int LENGTH_OFFSET = 16;
    private static final int HEADER_LENGTH = 24;
    private static final int ALIGNMENT = 64;
    private static final int SKIP = -1;
    private static final long LARGEST_ENTRY = sizeOf(MAX_LENGTH);

    private final long limitBytes;
    /** Keeps the memory; what is no longer kept is collected. */
    private Arena arena = Arena.ofAuto();

    private long capacity = 128 << 10;
    private long memory = Memory.allocate(arena, capacity);
    /** Positions only grow; where they are in memory their low bits say. */
    private long head;

    private long tail;
    private int count;

    /** @param limitBytes never to grow beyond, a power of two from 128 KiB */
    FrameRing(long limitBytes) {
        this.limitBytes = limitBytes;
    }

    private static long sizeOf(int length) {
        return (HEADER_LENGTH + length + ALIGNMENT - 1L) & -ALIGNMENT;
    }

    /** Where the next frame may be written, {@link #MAX_LENGTH} bytes; {@link #NONE} when the ring is full. */
    long place() {
        while (!hasRoom()) {
            if (capacity == limitBytes) {
                return NONE;
            }
            grow();
        }
        return at(tail) + HEADER_LENGTH;
    }

    /** Sees to it that the largest entry fits at the tail in one piece. */
    private boolean hasRoom() {
        long untilEnd = capacity - (tail & (capacity - 1));
        long skipped = untilEnd < LARGEST_ENTRY ? untilEnd : 0;
        if (tail + skipped + LARGEST_ENTRY - head > capacity) {
            return false;
        }
        if (skipped > 0) {
            Memory.putIntLe(at(tail) + LENGTH_OFFSET, SKIP);
            tail += skipped;
        }
        return true;
    }

    private void grow() {
        Arena larger = Arena.ofAuto();
        long to = Memory.allocate(larger, capacity * 2);
        long end = 0;
        for (int i = 0; i < count; i++) {
            long size = sizeOf(length());
            Memory.copy(at(head), to + end, size);
            end += size;
            advance();
        }
        arena = larger;
        memory = to;
        capacity *= 2;
        head = 0;
        tail = end;
    }

    /** Keeps the frame that was written to {@link #place}, which was asked for just before. */
    void append(int length, long dueNanos, long number) {
        long entry = at(tail);
        Memory.putLongLe(entry, dueNanos);
        Memory.putLongLe(entry + NUMBER_OFFSET, number);
        Memory.putIntLe(entry + LENGTH_OFFSET, length);
        tail += sizeOf(length);
        count++;
    }

    int count() {
        return count;
    }

    /** When the first frame is due; {@link #NEVER} without one. */
    long dueNanos() {
        return count == 0 ? NEVER : Memory.getLongLe(first());
    }

    /** The first frame's. */
    long number() {
        return Memory.getLongLe(first() + NUMBER_OFFSET);
    }

    /** The first frame's. */
    int length() {
        return Memory.getIntLe(first() + LENGTH_OFFSET);
    }

    /** The first frame. It stays where it is until it is removed, or {@link #place} is asked for. */
    long frame() {
        return first() + HEADER_LENGTH;
    }

    void remove() {
        advance();
        count--;
        if (count == 0) {
            // What was touched last is still in the processor's cache.
            head = 0;
            tail = 0;
        }
    }

    private void advance() {
        long size = sizeOf(length());
        head += size;
    }

    private long first() {
        if (Memory.getIntLe(at(head) + LENGTH_OFFSET) == SKIP) {
            head += capacity - (head & (capacity - 1));
        }
        return at(head);
    }

    private long at(long position) {
        return memory + (position & (capacity - 1));
    }
}
