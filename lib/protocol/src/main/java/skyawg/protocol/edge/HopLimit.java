package skyawg.protocol.edge;

import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** TTL and hop limit: crossing the mesh is one hop, counted at the ingress. */
public final class HopLimit {
    private static final int V4_OFFSET = 8;
    private static final int V6_OFFSET = 7;

    private HopLimit() {}

    /**
     * Lowers it by one, with the IPv4 checksum.
     *
     * @param packet an IP packet whose header is whole
     * @return false when it would reach 0: the packet, unchanged, is to be answered with "time exceeded" and dropped
     */
    public static boolean decrement(long packet) {
        if (IpHeader.version(packet) == 6) {
            int limit = Memory.getByte(packet + V6_OFFSET) & 0xff;
            if (limit <= 1) {
                return false;
            }
            Memory.putByte(packet + V6_OFFSET, limit - 1);
            return true;
        }
        int word = Memory.getShortBe(packet + V4_OFFSET);
        if (word >>> 8 <= 1) {
            return false;
        }
        Memory.putByte(packet + V4_OFFSET, (word >>> 8) - 1);
        ChecksumUpdate.apply(packet + IpHeader.V4_CHECKSUM_OFFSET, ChecksumUpdate.ofWord(word, word - 0x100));
        return true;
    }
}
