package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * Handshake messages and cookie replies on their way from the receiving thread to the conductor: a bounded ring of
 * unmasked messages of exact size. One thread puts, one takes; neither waits. A full ring refuses: that is what makes a
 * flood cheap.
 */
final class HandshakeQueue {
    static final int CAPACITY = 1024;

    private final long slots;
    private final MessageType[] types = new MessageType[CAPACITY];
    private final AtomicReferenceArray<UdpPath> paths = new AtomicReferenceArray<>(CAPACITY);
    private final AtomicLong head = new AtomicLong();
    private final AtomicLong tail = new AtomicLong();

    HandshakeQueue(Arena arena) {
        slots = Memory.allocate(arena, (long) CAPACITY * ObfuscationProfile.MESSAGE_ROOM);
    }

    /** Unmasks the message in {@code datagram} into the ring; false when it is full. Receiving thread. */
    boolean offer(ObfuscationProfile profile, MessageType type, long datagram, UdpPath source) {
        long position = tail.getPlain();
        if (position - head.getAcquire() == CAPACITY) {
            return false;
        }
        int slot = (int) (position & (CAPACITY - 1));
        profile.unmask(type, datagram, address(slot));
        types[slot] = type;
        paths.setPlain(slot, source);
        tail.setRelease(position + 1);
        return true;
    }

    boolean isFull() {
        return tail.getPlain() - head.getAcquire() == CAPACITY;
    }

    /** How many messages wait. Any thread. */
    int size() {
        return (int) (tail.getAcquire() - head.getAcquire());
    }

    // The four below are the conductor's, and mean the oldest message; there must be one.

    MessageType type() {
        return types[slot()];
    }

    long message() {
        return address(slot());
    }

    UdpPath source() {
        return paths.getPlain(slot());
    }

    void remove() {
        head.setRelease(head.getPlain() + 1);
    }

    private int slot() {
        return (int) (head.getPlain() & (CAPACITY - 1));
    }

    private long address(int slot) {
        return slots + (long) slot * ObfuscationProfile.MESSAGE_ROOM;
    }
}
