package skyawg.protocol.wire;

/**
 * The Internet checksum (RFC 1071). Partial sums are kept in the machine's little-endian order, in which a one's
 * complement sum is as good as in the network's; only {@link #fold} turns the bytes round.
 */
public final class Checksum {
    private static final long LOW_HALF = 0xffff_ffffL;

    private Checksum() {}

    /** Adds {@code length} bytes to a partial sum; an odd last byte counts as followed by zero. */
    public static long add(long sum, long address, int length) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        int at = 0;
        for (; at <= length - 32; at += 32) {
            long w0 = Memory.getLongLe(address + at);
            long w1 = Memory.getLongLe(address + at + 8);
            long w2 = Memory.getLongLe(address + at + 16);
            long w3 = Memory.getLongLe(address + at + 24);
            a += (w0 & LOW_HALF) + (w0 >>> 32);
            b += (w1 & LOW_HALF) + (w1 >>> 32);
            c += (w2 & LOW_HALF) + (w2 >>> 32);
            d += (w3 & LOW_HALF) + (w3 >>> 32);
        }
        long total = sum + a + b + c + d;
        for (; at <= length - 4; at += 4) {
            total += Memory.getIntLe(address + at) & LOW_HALF;
        }
        if (at <= length - 2) {
            total += Memory.getShortLe(address + at);
            at += 2;
        }
        if (at < length) {
            total += Memory.getByte(address + at) & 0xff;
        }
        return total;
    }

    /**
     * The partial sum of a TCP or UDP pseudo-header (RFC 9293 §3.1, RFC 8200 §8.1).
     *
     * @param packet where the IP header begins
     * @param transportLength length of the transport header and payload
     */
    public static long pseudoHeader(long packet, boolean isV6, int protocol, int transportLength) {
        long sum =
                isV6 ? add(0, packet + IpHeader.V6_SOURCE_OFFSET, 32) : add(0, packet + IpHeader.V4_SOURCE_OFFSET, 8);
        return sum + swap(protocol) + swap(transportLength & 0xffff) + swap(transportLength >>> 16);
    }

    /** Folds a partial sum to the 16 bits that go into a header with {@link Memory#putShortBe}, not complemented. */
    public static int fold(long sum) {
        long folded = (sum & LOW_HALF) + (sum >>> 32);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        folded = (folded & 0xffff) + (folded >>> 16);
        return swap((int) folded);
    }

    /** The checksum that belongs to a partial sum, for {@link Memory#putShortBe}. */
    public static int finish(long sum) {
        return ~fold(sum) & 0xffff;
    }

    private static int swap(int value) {
        return ((value & 0xff) << 8) | ((value >>> 8) & 0xff);
    }
}
