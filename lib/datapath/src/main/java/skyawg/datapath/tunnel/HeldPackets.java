package skyawg.datapath.tunnel;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import skyawg.datapath.tun.Coalescer;
import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.wire.Memory;

/**
 * Copies of packets that wait for others to be delivered before them. All tunnels of a node share it; it grows by
 * {@value #CHUNK_SLOTS} slots when it has to, and keeps what it has; how much is held at a time the tunnels'
 * {@link skyawg.protocol.multipath.ByteBudget} bounds. A released slot stays as it is until {@link #recycle}, since
 * what delivers a packet may still point to it. The packet thread's.
 */
final class HeldPackets {
    /** What a packet takes: the largest one, and room in front of it. */
    static final int SLOT_LENGTH = 1408;

    private static final int CHUNK_SLOTS = 256;
    private static final int HEADROOM = 32;

    private final Arena arena = Arena.ofAuto();
    private final List<Long> chunks = new ArrayList<>();
    private int[] lengths = new int[0];
    private int[] free = new int[0];
    private int freeCount;
    private int[] released = new int[0];
    private int releasedCount;

    static {
        if (HEADROOM < Coalescer.HEADROOM || HEADROOM + Plaintext.MESH_MTU > SLOT_LENGTH) {
            throw new AssertionError("a slot must hold the largest packet and its headroom");
        }
    }

    /** Copies a packet. @return its slot */
    long keep(long packet, int length) {
        if (freeCount == 0) {
            grow();
        }
        int slot = free[--freeCount];
        lengths[slot] = length;
        Memory.copy(packet, packet(slot), length);
        return slot;
    }

    long packet(long slot) {
        return chunks.get((int) slot / CHUNK_SLOTS) + slot % CHUNK_SLOTS * SLOT_LENGTH + HEADROOM;
    }

    int length(long slot) {
        return lengths[(int) slot];
    }

    /** The packet is not needed after the next {@link #recycle}. */
    void release(long slot) {
        released[releasedCount++] = (int) slot;
    }

    /** Nobody points to released packets any more. */
    void recycle() {
        for (int i = 0; i < releasedCount; i++) {
            free[freeCount++] = released[i];
        }
        releasedCount = 0;
    }

    private void grow() {
        int slots = lengths.length;
        chunks.add(Memory.allocate(arena, (long) CHUNK_SLOTS * SLOT_LENGTH));
        lengths = Arrays.copyOf(lengths, slots + CHUNK_SLOTS);
        free = Arrays.copyOf(free, slots + CHUNK_SLOTS);
        released = Arrays.copyOf(released, slots + CHUNK_SLOTS);
        for (int slot = slots; slot < slots + CHUNK_SLOTS; slot++) {
            free[freeCount++] = slot;
        }
    }
}
