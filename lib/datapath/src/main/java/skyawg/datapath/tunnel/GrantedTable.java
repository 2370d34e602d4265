package skyawg.datapath.tunnel;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Which tunnel an egress granted an address to. Tables of two steps: by /20 and then by /30 for 100.64.0.0/10, by the
 * two bytes of the subnet for the egress's /48. The packet thread's.
 */
final class GrantedTable {
    private static final int V4_BEGIN = 0x6440_0000;
    private static final int V4_LENGTH = 10;
    private static final int V4_UNIT = 30;
    private static final int V4_BITS = 10;
    private static final int V6_BITS = 8;
    private static final long SITE_MASK = ~0xffffL;

    private final @Nullable Granted[][] v4 = new @Nullable Granted[1 << V4_BITS][];
    private final @Nullable Granted[][] v6 = new @Nullable Granted[1 << V6_BITS][];

    /** A tunnel's end and the upper half of its IPv6 prefix. */
    record Granted(TunnelEnd tunnel, long ipv6) {}

    /** @param ipv4Length 24 to 30 */
    void put(int ipv4, int ipv4Length, Granted granted) {
        fill(ipv4, ipv4Length, granted);
        put(v6, subnet(granted.ipv6()), V6_BITS, granted);
    }

    void remove(int ipv4, int ipv4Length, long ipv6) {
        fill(ipv4, ipv4Length, null);
        put(v6, subnet(ipv6), V6_BITS, null);
    }

    private void fill(int ipv4, int length, @Nullable Granted granted) {
        int first = unit(ipv4);
        for (int unit = first; unit < first + (1 << (V4_UNIT - length)); unit++) {
            put(v4, unit, V4_BITS, granted);
        }
    }

    private static void put(@Nullable Granted[][] table, int index, int bits, @Nullable Granted granted) {
        @Nullable Granted[] row = table[index >>> bits];
        if (row == null) {
            row = new @Nullable Granted[1 << bits];
            table[index >>> bits] = row;
        }
        row[index & ((1 << bits) - 1)] = granted;
    }

    /** @param packet whose IP header is whole @return null when its destination was granted to nobody */
    @Nullable
    TunnelEnd find(long packet) {
        if (IpHeader.version(packet) == 4) {
            int address = Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET);
            if ((address ^ V4_BEGIN) >>> (Integer.SIZE - V4_LENGTH) != 0) {
                return null;
            }
            Granted granted = get(v4, unit(address), V4_BITS);
            return granted == null ? null : granted.tunnel();
        }
        long upper = Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET);
        Granted granted = get(v6, subnet(upper), V6_BITS);
        return granted == null || ((granted.ipv6() ^ upper) & SITE_MASK) != 0 ? null : granted.tunnel();
    }

    private static @Nullable Granted get(@Nullable Granted[][] table, int index, int bits) {
        @Nullable Granted[] row = table[index >>> bits];
        return row == null ? null : row[index & ((1 << bits) - 1)];
    }

    private static int unit(int address) {
        return (address - V4_BEGIN) >>> (Integer.SIZE - V4_UNIT);
    }

    private static int subnet(long ipv6) {
        return (int) (ipv6 & 0xffff);
    }
}
