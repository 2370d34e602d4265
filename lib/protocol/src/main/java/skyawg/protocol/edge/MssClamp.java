package skyawg.protocol.edge;

import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;

/**
 * Lowers the maximum segment size that a TCP SYN announces (RFC 9293 §3.7.1) to what fits the mesh: both ends then send
 * segments that need no fragments.
 */
public final class MssClamp {
    /** The mesh MTU without the smallest IPv4 and TCP headers. */
    public static final int V4_LIMIT = Plaintext.MESH_MTU - IpHeader.V4_LENGTH - TcpHeader.LENGTH;
    /** The mesh MTU without the IPv6 and the smallest TCP header. */
    public static final int V6_LIMIT = Plaintext.MESH_MTU - IpHeader.V6_LENGTH - TcpHeader.LENGTH;

    private static final int SYN = 0x02;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOTHING = 1;
    private static final int OPTION_MSS = 2;
    private static final int OPTION_MSS_LENGTH = 4;

    private MssClamp() {}

    /**
     * Lowers it in place, with the checksum; any other packet is left alone.
     *
     * @param length of the packet
     * @return whether the packet was changed
     */
    public static boolean clamp(long packet, int length) {
        int place = Transport.find(packet, length);
        if (place < 0 || Transport.protocol(place) != Transport.TCP) {
            return false;
        }
        int at = Transport.offset(place);
        long tcp = packet + at;
        if (at + TcpHeader.LENGTH > length || (TcpHeader.flags(tcp) & SYN) == 0) {
            return false;
        }
        int end = Math.min(TcpHeader.headerLength(tcp), length - at);
        int limit = IpHeader.version(packet) == 4 ? V4_LIMIT : V6_LIMIT;
        return clampOption(tcp, end, limit);
    }

    private static boolean clampOption(long tcp, int end, int limit) {
        int at = TcpHeader.LENGTH;
        while (at < end) {
            int option = Memory.getByte(tcp + at);
            if (option == OPTION_NOTHING) {
                at++;
                continue;
            }
            if (option == OPTION_END || at + 1 >= end) {
                return false;
            }
            int optionLength = Memory.getByte(tcp + at + 1) & 0xff;
            if (optionLength < 2 || at + optionLength > end) {
                return false;
            }
            if (option == OPTION_MSS && optionLength == OPTION_MSS_LENGTH) {
                return lower(tcp, at + 2, limit);
            }
            at += optionLength;
        }
        return false;
    }

    private static boolean lower(long tcp, int at, int limit) {
        int announced = Memory.getShortBe(tcp + at);
        if (announced <= limit) {
            return false;
        }
        Memory.putShortBe(tcp + at, limit);
        // Behind an odd number of one-byte options the value straddles two words of the sum.
        boolean isStraddling = (at & 1) != 0;
        int before = isStraddling ? swap(announced) : announced;
        int after = isStraddling ? swap(limit) : limit;
        ChecksumUpdate.apply(tcp + TcpHeader.CHECKSUM_OFFSET, ChecksumUpdate.ofWord(before, after));
        return true;
    }

    private static int swap(int word) {
        return (word & 0xff) << 8 | word >>> 8;
    }
}
