package skyawg.protocol.wire;

/**
 * What the data path reads and writes in IPv4 (RFC 791 §3.1) and IPv6 (RFC 8200 §3) headers.
 *
 * <pre>
 *  IPv4   0 version|IHL  1 TOS  2 total length   4 id  6 flags|fragment  8 TTL  9 protocol  10 checksum
 *         12 source      16 destination
 *  IPv6   0 version|class|flow  4 payload length  6 next header  7 hop limit  8 source  24 destination
 * </pre>
 */
public final class IpHeader {
    public static final int V4_LENGTH = 20;
    public static final int V6_LENGTH = 40;
    public static final int PROTOCOL_TCP = 6;
    public static final int PROTOCOL_UDP = 17;

    public static final int V4_TOS_OFFSET = 1;
    public static final int V4_TOTAL_LENGTH_OFFSET = 2;
    public static final int V4_ID_OFFSET = 4;
    public static final int V4_FRAGMENT_OFFSET = 6;
    public static final int V4_PROTOCOL_OFFSET = 9;
    public static final int V4_CHECKSUM_OFFSET = 10;
    public static final int V4_SOURCE_OFFSET = 12;
    public static final int V4_DESTINATION_OFFSET = 16;
    public static final int V6_PAYLOAD_LENGTH_OFFSET = 4;
    public static final int V6_NEXT_HEADER_OFFSET = 6;
    public static final int V6_SOURCE_OFFSET = 8;
    public static final int V6_DESTINATION_OFFSET = 24;

    private static final int DSCP_MASK = 0x3f;

    private IpHeader() {}

    /** 4, 6, or whatever else the first four bits say. */
    public static int version(long packet) {
        return (Memory.getByte(packet) >>> 4) & 0xf;
    }

    /** Length of the IPv4 header with its options, in bytes. */
    public static int v4HeaderLength(long packet) {
        return (Memory.getByte(packet) & 0xf) << 2;
    }

    /** The differentiated services codepoint (RFC 2474 §3), 0 to 63, of an IPv4 or IPv6 packet. */
    public static int dscp(long packet) {
        return version(packet) == 4
                ? Memory.getByte(packet + V4_TOS_OFFSET) >>> 2 & DSCP_MASK
                : Memory.getShortBe(packet) >>> 6 & DSCP_MASK;
    }

    /**
     * The packet's own idea of its length: IPv4 total length, or IPv6 payload length and header.
     *
     * @return -1 when it is no IP packet, or says more than {@code available} or less than its header
     */
    public static int packetLength(long packet, int available) {
        int version = version(packet);
        if (version == 4 && available >= V4_LENGTH) {
            int length = Memory.getShortBe(packet + V4_TOTAL_LENGTH_OFFSET);
            return length >= V4_LENGTH && length <= available ? length : -1;
        }
        if (version == 6 && available >= V6_LENGTH) {
            int length = V6_LENGTH + Memory.getShortBe(packet + V6_PAYLOAD_LENGTH_OFFSET);
            return length <= available ? length : -1;
        }
        return -1;
    }

    /** Puts the checksum that belongs to an IPv4 header, whatever its field holds now. */
    public static void putV4Checksum(long packet, int headerLength) {
        Memory.putShortBe(packet + V4_CHECKSUM_OFFSET, 0);
        Memory.putShortBe(packet + V4_CHECKSUM_OFFSET, Checksum.finish(Checksum.add(0, packet, headerLength)));
    }
}
