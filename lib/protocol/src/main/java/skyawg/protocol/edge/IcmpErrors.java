package skyawg.protocol.edge;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.TokenBucket;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.IcmpUnreachable;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * What the mesh's ingress, as a router, tells a sender: "fragmentation needed" (RFC 1191), "packet too big" (RFC 4443
 * §3.2), "time exceeded" (RFC 792, RFC 4443 §3.3). What must not be answered is not, as {@link IcmpUnreachable} says,
 * and neither is more than {@value #RATE_PER_SECOND} packets a second (RFC 4443 §2.4 f).
 *
 * <p>One thread at a time.
 */
public final class IcmpErrors {
    /** Room for any answer. */
    public static final int MAX_LENGTH = IcmpUnreachable.MAX_LENGTH;

    static final int RATE_PER_SECOND = 200;
    static final int BURST = 100;

    private static final int ICMP_CHECKSUM_OFFSET = 2;
    private static final int ICMP_REST_OFFSET = 4;
    private static final int FRAGMENTATION_NEEDED = 0x0304;
    private static final int V4_TIME_EXCEEDED = 0x0b00;
    private static final int PACKET_TOO_BIG = 0x0200;
    private static final int V6_TIME_EXCEEDED = 0x0300;
    private static final int V6_FIRST_QUERY = 128;

    private final @Nullable IpAddress sourceV4;
    private final @Nullable IpAddress sourceV6;
    private final TokenBucket answers;

    /**
     * Errors from these addresses: the ingress as its clients know it. Where one is null the packet's destination is
     * named, which a sender accepts as well, though it reads oddly in traceroute.
     */
    public IcmpErrors(@Nullable IpAddress sourceV4, @Nullable IpAddress sourceV6, long nowNanos) {
        this.sourceV4 = sourceV4;
        this.sourceV6 = sourceV6;
        this.answers = new TokenBucket(RATE_PER_SECOND, BURST, nowNanos);
    }

    /**
     * Tells that the packet is longer than {@code mtu} and may not be fragmented here.
     *
     * @param packet as the sender sent it
     * @param out {@link #MAX_LENGTH} bytes, apart from the packet
     * @return the answer's length; 0 when there must be none
     */
    public int packetTooBig(long packet, int length, int mtu, long out, long nowNanos) {
        return answer(packet, length, FRAGMENTATION_NEEDED, PACKET_TOO_BIG, mtu, out, nowNanos);
    }

    /** Tells that the TTL or hop limit is used up; arguments and result as {@link #packetTooBig}. */
    public int timeExceeded(long packet, int length, long out, long nowNanos) {
        return answer(packet, length, V4_TIME_EXCEEDED, V6_TIME_EXCEEDED, 0, out, nowNanos);
    }

    private int answer(long packet, int length, int v4Type, int v6Type, int rest, long out, long nowNanos) {
        if (isIcmpv6Error(packet, length) || !answers.hasToken(nowNanos)) {
            return 0;
        }
        int total = IcmpUnreachable.answer(packet, length, out);
        if (total == 0) {
            return 0;
        }
        answers.take(nowNanos);
        boolean isV6 = IpHeader.version(out) == 6;
        retype(out + (isV6 ? IpHeader.V6_LENGTH : IpHeader.V4_LENGTH), isV6 ? v6Type : v4Type, rest);
        if (isV6 && sourceV6 != null) {
            nameV6(out, sourceV6);
        } else if (!isV6 && sourceV4 != null) {
            nameV4(out, sourceV4);
        }
        return total;
    }

    private static void retype(long icmp, int type, int rest) {
        int difference = ChecksumUpdate.ofWord(Memory.getShortBe(icmp), type);
        difference += ChecksumUpdate.ofLong(Memory.getIntBe(icmp + ICMP_REST_OFFSET) & 0xffff_ffffL, rest);
        Memory.putShortBe(icmp, type);
        Memory.putIntBe(icmp + ICMP_REST_OFFSET, rest);
        ChecksumUpdate.apply(icmp + ICMP_CHECKSUM_OFFSET, ChecksumUpdate.fold(difference));
    }

    private static void nameV4(long answer, IpAddress source) {
        long address = answer + IpHeader.V4_SOURCE_OFFSET;
        long before = Memory.getIntBe(address) & 0xffff_ffffL;
        Memory.putIntBe(address, (int) source.low());
        ChecksumUpdate.apply(answer + IpHeader.V4_CHECKSUM_OFFSET, ChecksumUpdate.ofLong(before, source.low()));
    }

    private static void nameV6(long answer, IpAddress source) {
        long address = answer + IpHeader.V6_SOURCE_OFFSET;
        int difference = ChecksumUpdate.ofLong(Memory.getLongBe(address), source.high())
                + ChecksumUpdate.ofLong(Memory.getLongBe(address + Long.BYTES), source.low());
        Memory.putLongBe(address, source.high());
        Memory.putLongBe(address + Long.BYTES, source.low());
        ChecksumUpdate.apply(answer + IpHeader.V6_LENGTH + ICMP_CHECKSUM_OFFSET, ChecksumUpdate.fold(difference));
    }

    /** Also one behind extension headers, or cut off before its type. */
    private static boolean isIcmpv6Error(long packet, int length) {
        int place = Transport.find(packet, Math.min(length, 0xffff));
        if (place < 0 || Transport.protocol(place) != Transport.ICMPV6) {
            return false;
        }
        int at = Transport.offset(place);
        return at >= length || (Memory.getByte(packet + at) & 0xff) < V6_FIRST_QUERY;
    }
}
