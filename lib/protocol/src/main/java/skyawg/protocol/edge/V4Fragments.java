package skyawg.protocol.edge;

import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * Cuts an IPv4 packet into fragments (RFC 791 §3.2). Nothing is kept between calls: fragment after fragment is written
 * where the caller says.
 */
public final class V4Fragments {
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MORE_FRAGMENTS = 0x2000;
    private static final int OFFSET_MASK = 0x1fff;
    private static final int UNIT = 8;
    private static final int OPTION_END = 0;
    private static final int OPTION_NOTHING = 1;
    private static final int OPTION_COPIED = 0x80;

    private V4Fragments() {}

    /** Whether the packet is IPv4 and its sender allows fragments. */
    public static boolean isAllowed(long packet) {
        return IpHeader.version(packet) == 4
                && (Memory.getShortBe(packet + IpHeader.V4_FRAGMENT_OFFSET) & DONT_FRAGMENT) == 0;
    }

    /**
     * How many fragments a packet needs.
     *
     * @param packet an IPv4 packet
     * @param length of it, as its header says
     * @param mtu at least 68
     * @return 0 when the header contradicts itself
     */
    public static int count(long packet, int length, int mtu) {
        int headerLength = IpHeader.v4HeaderLength(packet);
        if (headerLength < IpHeader.V4_LENGTH || headerLength > length) {
            return 0;
        }
        int share = share(headerLength, mtu);
        return Math.max(1, (length - headerLength + share - 1) / share);
    }

    /**
     * Writes one fragment.
     *
     * @param index 0 to {@link #count} - 1
     * @param out {@code mtu} bytes, apart from the packet
     * @return its length
     */
    public static int write(long packet, int length, int mtu, int index, long out) {
        int headerLength = IpHeader.v4HeaderLength(packet);
        int share = share(headerLength, mtu);
        int from = index * share;
        int rest = length - headerLength - from;
        int payload = Math.min(share, rest);
        int outHeader = index == 0 ? copyHeader(packet, headerLength, out) : laterHeader(packet, headerLength, out);
        int word = Memory.getShortBe(packet + IpHeader.V4_FRAGMENT_OFFSET);
        int offset = (word & OFFSET_MASK) + from / UNIT;
        int more = rest > share ? MORE_FRAGMENTS : word & MORE_FRAGMENTS;
        Memory.putShortBe(out + IpHeader.V4_FRAGMENT_OFFSET, more | (offset & OFFSET_MASK));
        Memory.putShortBe(out + IpHeader.V4_TOTAL_LENGTH_OFFSET, outHeader + payload);
        Memory.copy(packet + headerLength + from, out + outHeader, payload);
        IpHeader.putV4Checksum(out, outHeader);
        return outHeader + payload;
    }

    private static int share(int headerLength, int mtu) {
        return (mtu - headerLength) & -UNIT;
    }

    private static int copyHeader(long packet, int headerLength, long out) {
        Memory.copyShort(packet, out, headerLength);
        return headerLength;
    }

    /** Later fragments carry only those options that say so. */
    private static int laterHeader(long packet, int headerLength, long out) {
        Memory.copyShort(packet, out, IpHeader.V4_LENGTH);
        int at = IpHeader.V4_LENGTH;
        int to = IpHeader.V4_LENGTH;
        while (at + 1 < headerLength) {
            int option = Memory.getByte(packet + at) & 0xff;
            if (option == OPTION_END) {
                break;
            }
            int optionLength = option == OPTION_NOTHING ? 1 : Memory.getByte(packet + at + 1) & 0xff;
            if (optionLength == 0 || at + optionLength > headerLength) {
                break;
            }
            if ((option & OPTION_COPIED) != 0) {
                Memory.copyShort(packet + at, out + to, optionLength);
                to += optionLength;
            }
            at += optionLength;
        }
        while ((to & 3) != 0) {
            Memory.putByte(out + to++, OPTION_END);
        }
        Memory.putByte(out, 0x40 | to / Integer.BYTES);
        return to;
    }
}
