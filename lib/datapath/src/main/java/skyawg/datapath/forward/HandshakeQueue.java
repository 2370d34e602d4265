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

    // The three below are the receiving thread's.

    boolean isFull() {
        return tail.getPlain() - head.getAcquire() == CAPACITY;
    }

    /**
     * Unmasks the message in {@code datagram} into the next slot, which must be free. It is in the ring only once it is
     * {@link #put}: until then the next message takes its place.
     *
     * @return where it lies
     */
    long unmask(ObfuscationProfile profile, MessageType type, long datagram) {
        long address = address(freeSlot());
        profile.unmask(type, datagram, address);
        return address;
    }

    /** Puts the message that was unmasked last into the ring. */
    void put(MessageType type, UdpPath source) {
        int slot = freeSlot();
        types[slot] = type;
        paths.setPlain(slot, source);
        tail.setRelease(tail.getPlain() + 1);
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

    private int freeSlot() {
        return (int) (tail.getPlain() & (CAPACITY - 1));
    }

    private int slot() {
        return (int) (head.getPlain() & (CAPACITY - 1));
    }

    private long address(int slot) {
        return slots + (long) slot * ObfuscationProfile.MESSAGE_ROOM;
    }
}
