package skyawg.protocol.wire;

/**
 * The answer to a packet that has no way: "host unreachable" (RFC 792, type 3 code 1) or "address unreachable" (RFC
 * 4443 §3.1, type 1 code 3), quoting the packet.
 *
 * <pre>
 *   | IP header, from the packet's destination to its source | type, code, checksum, 0 | the packet's beginning |
 * </pre>
 *
 * <p>There is none to what must not be answered (RFC 1122 §3.2.2, RFC 4443 §2.4 e): an ICMP error, a later fragment,
 * anything to a group or to everybody, or from an address that is no single host's.
 */
public final class IcmpUnreachable {
    /** Room for any answer: IPv6's minimum MTU, which an error message may fill. */
    public static final int MAX_LENGTH = 1280;

    private static final int V4_MAX_LENGTH = 576;
    private static final int ICMP_LENGTH = 8;
    private static final int TTL = 64;
    private static final int TTL_OFFSET = 8;
    /** Internetwork control, as routers mark their errors (RFC 1812 §4.3.2.5). */
    private static final int PRECEDENCE = 0xc0;

    private static final int PROTOCOL_ICMP = 1;
    private static final int V4_TYPE = 3;
    private static final int V4_CODE = 1;
    private static final int PROTOCOL_ICMPV6 = 58;
    private static final int V6_TYPE = 1;
    private static final int V6_CODE = 3;
    private static final int V6_FIRST_QUERY = 128;
    private static final int V6_ADDRESS_LENGTH = 16;

    private IcmpUnreachable() {}

    /**
     * Writes the answer to {@code packet}.
     *
     * @param length of the packet, or of the superpacket that begins like it
     * @param out {@link #MAX_LENGTH} bytes, apart from the packet
     * @return the answer's length; 0 when there must be none
     */
    public static int answer(long packet, int length, long out) {
        return switch (IpHeader.version(packet)) {
            case 4 -> length >= IpHeader.V4_LENGTH ? answerV4(packet, length, out) : 0;
            case 6 -> length >= IpHeader.V6_LENGTH ? answerV6(packet, length, out) : 0;
            default -> 0;
        };
    }

    private static int answerV4(long packet, int length, long out) {
        int headerLength = IpHeader.v4HeaderLength(packet);
        int source = Memory.getIntBe(packet + IpHeader.V4_SOURCE_OFFSET);
        int destination = Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET);
        boolean isLaterFragment = (Memory.getShortBe(packet + IpHeader.V4_FRAGMENT_OFFSET) & 0x1fff) != 0;
        if (isLaterFragment || !isHost(source) || !isHost(destination)) {
            return 0;
        }
        if (Memory.getByte(packet + IpHeader.V4_PROTOCOL_OFFSET) == PROTOCOL_ICMP
                && (length <= headerLength || isV4Error(Memory.getByte(packet + headerLength)))) {
            return 0;
        }
        int quoted = Math.min(length, V4_MAX_LENGTH - IpHeader.V4_LENGTH - ICMP_LENGTH);
        int total = IpHeader.V4_LENGTH + ICMP_LENGTH + quoted;
        Memory.fill(out, IpHeader.V4_LENGTH, 0);
        Memory.putByte(out, 0x45);
        Memory.putByte(out + 1, PRECEDENCE);
        Memory.putShortBe(out + IpHeader.V4_TOTAL_LENGTH_OFFSET, total);
        Memory.putByte(out + TTL_OFFSET, TTL);
        Memory.putByte(out + IpHeader.V4_PROTOCOL_OFFSET, PROTOCOL_ICMP);
        Memory.putIntBe(out + IpHeader.V4_SOURCE_OFFSET, destination);
        Memory.putIntBe(out + IpHeader.V4_DESTINATION_OFFSET, source);
        IpHeader.putV4Checksum(out, IpHeader.V4_LENGTH);
        quote(out + IpHeader.V4_LENGTH, V4_TYPE, V4_CODE, packet, quoted, 0);
        return total;
    }

    private static int answerV6(long packet, int length, long out) {
        long source = packet + IpHeader.V6_SOURCE_OFFSET;
        long destination = packet + IpHeader.V6_DESTINATION_OFFSET;
        if (!isV6Host(source) || !isV6Host(destination)) {
            return 0;
        }
        if (Memory.getByte(packet + IpHeader.V6_NEXT_HEADER_OFFSET) == PROTOCOL_ICMPV6
                && (length <= IpHeader.V6_LENGTH
                        || (Memory.getByte(packet + IpHeader.V6_LENGTH) & 0xff) < V6_FIRST_QUERY)) {
            return 0;
        }
        int quoted = Math.min(length, MAX_LENGTH - IpHeader.V6_LENGTH - ICMP_LENGTH);
        int transportLength = ICMP_LENGTH + quoted;
        Memory.fill(out, IpHeader.V6_LENGTH, 0);
        Memory.putByte(out, 0x60);
        Memory.putShortBe(out + IpHeader.V6_PAYLOAD_LENGTH_OFFSET, transportLength);
        Memory.putByte(out + IpHeader.V6_NEXT_HEADER_OFFSET, PROTOCOL_ICMPV6);
        Memory.putByte(out + IpHeader.V6_NEXT_HEADER_OFFSET + 1, TTL);
        Memory.copy(destination, out + IpHeader.V6_SOURCE_OFFSET, V6_ADDRESS_LENGTH);
        Memory.copy(source, out + IpHeader.V6_DESTINATION_OFFSET, V6_ADDRESS_LENGTH);
        long pseudoHeader = Checksum.pseudoHeader(out, true, PROTOCOL_ICMPV6, transportLength);
        quote(out + IpHeader.V6_LENGTH, V6_TYPE, V6_CODE, packet, quoted, pseudoHeader);
        return IpHeader.V6_LENGTH + transportLength;
    }

    private static void quote(long icmp, int type, int code, long packet, int quoted, long pseudoHeader) {
        Memory.fill(icmp, ICMP_LENGTH, 0);
        Memory.putByte(icmp, type);
        Memory.putByte(icmp + 1, code);
        Memory.copy(packet, icmp + ICMP_LENGTH, quoted);
        int checksum = Checksum.finish(Checksum.add(pseudoHeader, icmp, ICMP_LENGTH + quoted));
        Memory.putShortBe(icmp + 2, checksum);
    }

    /** Neither "this network", nor loopback, nor a group, nor reserved or everybody (RFC 1122 §3.2.1.3). */
    private static boolean isHost(int address) {
        int first = address >>> 24;
        return first != 0 && first != 127 && first < 224;
    }

    /** Neither a group nor the unspecified or the loopback address (RFC 4291 §2.4). */
    private static boolean isV6Host(long address) {
        boolean isGroup = (Memory.getByte(address) & 0xff) == 0xff;
        boolean isUnspecifiedOrLoopback = Memory.getLongBe(address) == 0 && (Memory.getLongBe(address + 8) & ~1L) == 0;
        return !isGroup && !isUnspecifiedOrLoopback;
    }

    private static boolean isV4Error(int type) {
        return switch (type) {
            case 3, 4, 5, 11, 12 -> true; // unreachable, source quench, redirect, time exceeded, parameter problem
            default -> false;
        };
    }
}
