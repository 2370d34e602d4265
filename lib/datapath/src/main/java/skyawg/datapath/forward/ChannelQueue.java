package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.wire.Memory;

/**
 * Messages of neighbours on their way from the receiving thread to the conductor: a ring of fixed slots, one writer,
 * one reader. A full one refuses.
 */
final class ChannelQueue {
    static final int CAPACITY = 256;
    /** What a link of the mesh carries at most. */
    static final int MAX_LENGTH = 1380;

    private final long slots;
    private final int[] lengths = new int[CAPACITY];
    private final AtomicReferenceArray<TunnelPeer> senders = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();

    ChannelQueue(Arena arena) {
        slots = Memory.allocate(arena, (long) CAPACITY * MAX_LENGTH);
    }

    /** The receiving thread's. @return false when there is no room, or the message is longer than any */
    boolean put(TunnelPeer from, long message, int length) {
        long at = tail.getPlain();
        if (at - head.getAcquire() == CAPACITY || length > MAX_LENGTH) {
            return false;
        }
        int slot = (int) (at & (CAPACITY - 1));
        Memory.copy(message, address(slot), length);
        lengths[slot] = length;
        senders.setPlain(slot, from);
        tail.setRelease(at + 1);
        return true;
    }

    // The rest is the conductor's, and means the oldest message; there must be one.

    boolean isEmpty() {
        return tail.getAcquire() == head.getPlain();
    }

    TunnelPeer from() {
        return senders.getPlain(slot());
    }

    long message() {
        return address(slot());
    }

    int length() {
        return lengths[slot()];
    }

    void remove() {
        senders.setPlain(slot(), null);
        head.setRelease(head.getPlain() + 1);
    }

    private int slot() {
        return (int) (head.getPlain() & (CAPACITY - 1));
    }

    private long address(int slot) {
        return slots + (long) slot * MAX_LENGTH;
    }
}
