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
        // One accumulator and nothing else: the JIT makes wide vectors of such a loop, of one unrolled by hand it
        // doesn't.
        int words = length & ~7;
        long halves = 0;
        for (int at = 0; at < words; at += 8) {
            long word = Memory.getLongLe(address + at);
            halves += (word & LOW_HALF) + (word >>> 32);
        }
        return sum + halves + rest(address + words, length - words);
    }

    /** Less than eight bytes. */
    private static long rest(long address, int length) {
        long sum = 0;
        int at = 0;
        if (length >= 4) {
            sum += Memory.getIntLe(address) & LOW_HALF;
            at = 4;
        }
        if (at <= length - 2) {
            sum += Memory.getShortLe(address + at);
            at += 2;
        }
        if (at < length) {
            sum += Memory.getByte(address + at) & 0xff;
        }
        return sum;
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
