package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.wire.Memory;

/**
 * Packets or messages on their way from one thread to another, each with an object that says whose it is: a bounded
 * ring of copies. One thread puts, one takes; neither waits. A full ring refuses.
 *
 * @param <T> what is handed over with the bytes
 */
public final class PacketRing<T> {
    private static final int MOST_IN_A_TURN = 256;

    private final SlotRing ring;
    private final int headroom;
    private final int capacity;
    private final int[] lengths;
    private final AtomicReferenceArray<@Nullable T> companions;

    /**
     * @param slots a power of two
     * @param headroom writable bytes in front of each copy
     * @param capacity of a slot: the longest packet
     */
    public PacketRing(Arena arena, int slots, int headroom, int capacity) {
        this.ring = new SlotRing(arena, slots, headroom + capacity);
        this.headroom = headroom;
        this.capacity = capacity;
        this.lengths = new int[slots];
        this.companions = new AtomicReferenceArray<>(slots);
    }

    /** The putter's. @return false when there is no room, or the packet is longer than any may be */
    public boolean put(T companion, long packet, int length) {
        if (ring.isFull() || length > capacity) {
            return false;
        }
        int slot = ring.next();
        Memory.copy(packet, ring.address(slot) + headroom, length);
        lengths[slot] = length;
        companions.setPlain(slot, companion);
        ring.put();
        return true;
    }

    /** Takes one of the packets that wait. */
    @FunctionalInterface
    public interface Taker<T> {
        /** @param packet valid until this returns; it and what is in front of it may be changed */
        void take(T companion, long packet, int length, long nowNanos);
    }

    /** Hands over what waits, as much as one turn of a worker may take. The taker's. @return how much that was */
    public int drain(Taker<T> taker, long nowNanos) {
        int count = 0;
        for (; count < MOST_IN_A_TURN && ring.size() > 0; count++) {
            taker.take(companion(), packet(), length(), nowNanos);
            remove();
        }
        return count;
    }

    /** When there is something to {@link #drain}, as {@link Worker#wakeNanos} says it. */
    public long wakeNanos() {
        return ring.size() > 0 ? 0 : Worker.NEVER;
    }

    /** How many wait. Any thread. */
    public int size() {
        return ring.size();
    }

    // The four below are the taker's, and mean the oldest; there must be one.

    @SuppressWarnings("NullAway") // a slot that waits has its companion
    public T companion() {
        return companions.getPlain(ring.oldest());
    }

    public long packet() {
        return ring.address(ring.oldest()) + headroom;
    }

    public int length() {
        return lengths[ring.oldest()];
    }

    public void remove() {
        companions.setPlain(ring.oldest(), null);
        ring.remove();
    }
}
