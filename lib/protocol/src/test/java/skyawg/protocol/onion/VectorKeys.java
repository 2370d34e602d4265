package skyawg.protocol.onion;

import static skyawg.protocol.vectors.Vectors.hex;

import java.util.Arrays;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;
import tools.jackson.databind.JsonNode;

/** The keys of a recorded path off the heap, and its packets. */
final class VectorKeys {
    private static final String[] NAMES = {"KF", "KR", "PF", "PR", "MF", "MR"};

    private final OffHeap memory;
    private final HopKeys[] hops;

    VectorKeys(OffHeap memory, JsonNode hopKeys) {
        this.memory = memory;
        this.hops = new HopKeys[hopKeys.size()];
        for (int i = 0; i < hops.length; i++) {
            long material = memory.allocate(HopKeys.LENGTH);
            int offset = 0;
            for (String name : NAMES) {
                byte[] key = hex(hopKeys.get(i), name);
                Memory.copy(key, 0, material + offset, key.length);
                offset += key.length;
            }
            hops[i] = new HopKeys(material);
        }
    }

    int hops() {
        return hops.length;
    }

    /** Hop 1 is the first. */
    HopKeys hop(int number) {
        return hops[number - 1];
    }

    HopKeys egress() {
        return hops[hops.length - 1];
    }

    /** All hops but the last. */
    HopKeys[] transits() {
        return Arrays.copyOf(hops, hops.length - 1);
    }

    /** A packet's memory with the plaintext at the body's place, and otherwise rubbish. */
    long packet(byte[] plaintext) {
        long packet = memory.allocate(LabelledPacket.MAX_PACKET_LENGTH);
        Memory.fill(packet, LabelledPacket.MAX_PACKET_LENGTH, 0x5a);
        Memory.copy(plaintext, 0, packet + LabelledPacket.BODY_OFFSET, plaintext.length);
        return packet;
    }

    /** A packet as it came. */
    long received(byte[] payload) {
        return memory.put(payload);
    }

    static byte[] bytes(long packet) {
        return OffHeap.get(packet, LabelledPacket.lengthWithoutPadding(packet));
    }

    static byte[] iv(long packet) {
        return OffHeap.get(packet + LabelledPacket.IV_OFFSET, LabelledPacket.IV_LENGTH);
    }

    static byte[] plaintext(long packet) {
        return OffHeap.get(packet + LabelledPacket.BODY_OFFSET, LabelledPacket.plaintextLength(packet));
    }
}
