package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicReferenceArray;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.wire.UdpPath;

/**
 * Handshake messages and cookie replies on their way from the receiving thread to the conductor: a bounded ring of
 * unmasked messages of exact size. One thread puts, one takes; neither waits. A full ring refuses: that is what makes a
 * flood cheap.
 */
final class HandshakeQueue {
    static final int CAPACITY = 1024;

    private final SlotRing ring;
    private final MessageType[] types = new MessageType[CAPACITY];
    private final AtomicReferenceArray<UdpPath> paths = new AtomicReferenceArray<>(CAPACITY);

    HandshakeQueue(Arena arena) {
        ring = new SlotRing(arena, CAPACITY, ObfuscationProfile.MESSAGE_ROOM);
    }

    // The three below are the receiving thread's.

    boolean isFull() {
        return ring.isFull();
    }

    /**
     * Unmasks the message in {@code datagram} into the next slot, which must be free. It is in the ring only once it is
     * {@link #put}: until then the next message takes its place.
     *
     * @return where it lies
     */
    long unmask(ObfuscationProfile profile, MessageType type, long datagram) {
        long address = ring.address(ring.next());
        profile.unmask(type, datagram, address);
        return address;
    }

    /** Puts the message that was unmasked last into the ring. */
    void put(MessageType type, UdpPath source) {
        int slot = ring.next();
        types[slot] = type;
        paths.setPlain(slot, source);
        ring.put();
    }

    /** How many messages wait. Any thread. */
    int size() {
        return ring.size();
    }

    // The four below are the conductor's, and mean the oldest message; there must be one.

    MessageType type() {
        return types[ring.oldest()];
    }

    long message() {
        return ring.address(ring.oldest());
    }

    UdpPath source() {
        return paths.getPlain(ring.oldest());
    }

    void remove() {
        ring.remove();
    }
}
