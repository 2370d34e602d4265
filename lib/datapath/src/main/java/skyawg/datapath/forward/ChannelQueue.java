package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicReferenceArray;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.wire.Memory;

/**
 * Messages of neighbours on their way from the receiving thread to the conductor: a bounded ring. One thread puts, one
 * takes; neither waits. A full ring refuses.
 */
final class ChannelQueue {
    static final int CAPACITY = 256;

    private final SlotRing ring;
    private final int[] lengths = new int[CAPACITY];
    private final AtomicReferenceArray<TunnelPeer> senders = new AtomicReferenceArray<>(CAPACITY);

    ChannelQueue(Arena arena) {
        ring = new SlotRing(arena, CAPACITY, MeshDevice.LINK_MTU);
    }

    /** The receiving thread's. @return false when there is no room, or the message is longer than any */
    boolean put(TunnelPeer from, long message, int length) {
        if (ring.isFull() || length > MeshDevice.LINK_MTU) {
            return false;
        }
        int slot = ring.next();
        Memory.copy(message, ring.address(slot), length);
        lengths[slot] = length;
        senders.setPlain(slot, from);
        ring.put();
        return true;
    }

    /** How many messages wait. Any thread. */
    int size() {
        return ring.size();
    }

    // The four below are the conductor's, and mean the oldest message; there must be one.

    TunnelPeer from() {
        return senders.getPlain(ring.oldest());
    }

    long message() {
        return ring.address(ring.oldest());
    }

    int length() {
        return lengths[ring.oldest()];
    }

    void remove() {
        senders.setPlain(ring.oldest(), null);
        ring.remove();
    }
}
