package skyawg.datapath.tun;

import java.util.Random;
import skyawg.protocol.wire.Checksum;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;
import skyawg.protocol.wire.UdpHeader;

/** Builds the packets and superpackets that tests feed to the segmenter and the coalescer. */
public final class InnerPackets {
    private static final int EXPERIMENTAL_PROTOCOL = 253;
    static final int TCP_HEADER_WITH_TIMESTAMPS = 32;

    private InnerPackets() {}

    public static int ipLength(boolean isV6) {
        return isV6 ? IpHeader.V6_LENGTH : IpHeader.V4_LENGTH;
    }

    /** Writes an IP header for one of {@code flow}'s addresses; the checksum is right. */
    public static void putIp(long at, boolean isV6, int protocol, int totalLength, int flow) {
        Memory.fill(at, ipLength(isV6), 0);
        if (isV6) {
            Memory.putByte(at, 0x60);
            Memory.putShortBe(at + IpHeader.V6_PAYLOAD_LENGTH_OFFSET, totalLength - IpHeader.V6_LENGTH);
            Memory.putByte(at + IpHeader.V6_NEXT_HEADER_OFFSET, protocol);
            Memory.putByte(at + 7, 64);
            Memory.putIntBe(at + IpHeader.V6_SOURCE_OFFSET, 0xfd00_0000);
            Memory.putIntBe(at + IpHeader.V6_SOURCE_OFFSET + 12, flow + 1);
            Memory.putIntBe(at + IpHeader.V6_DESTINATION_OFFSET, 0xfd00_0000);
            Memory.putIntBe(at + IpHeader.V6_DESTINATION_OFFSET + 12, 0xffff);
            return;
        }
        Memory.putByte(at, 0x45);
        Memory.putShortBe(at + IpHeader.V4_TOTAL_LENGTH_OFFSET, totalLength);
        Memory.putShortBe(at + IpHeader.V4_ID_OFFSET, 0x1234);
        Memory.putShortBe(at + IpHeader.V4_FRAGMENT_OFFSET, 0x4000);
        Memory.putByte(at + 8, 64);
        Memory.putByte(at + IpHeader.V4_PROTOCOL_OFFSET, protocol);
        Memory.putIntBe(at + IpHeader.V4_SOURCE_OFFSET, 0x0a00_0001 + flow);
        Memory.putIntBe(at + IpHeader.V4_DESTINATION_OFFSET, 0x0a00_ffff);
        Memory.putShortBe(at + IpHeader.V4_CHECKSUM_OFFSET, Checksum.finish(Checksum.add(0, at, IpHeader.V4_LENGTH)));
    }

    /** Sends a packet back where it came from: its addresses change places, which no checksum minds. */
    public static void turnBack(long at, boolean isV6) {
        int source = isV6 ? IpHeader.V6_SOURCE_OFFSET : IpHeader.V4_SOURCE_OFFSET;
        int destination = isV6 ? IpHeader.V6_DESTINATION_OFFSET : IpHeader.V4_DESTINATION_OFFSET;
        byte[] one = Memory.bytes(at + source, destination - source);
        byte[] other = Memory.bytes(at + destination, destination - source);
        Memory.copy(other, 0, at + source, one.length);
        Memory.copy(one, 0, at + destination, one.length);
    }

    /** Writes a TCP packet with right checksums; returns its length. */
    public static int putTcp(
            long at, boolean isV6, int flow, int sequence, int flags, Random random, int payload, int headerLength) {
        int ip = ipLength(isV6);
        int total = ip + headerLength + payload;
        putIp(at, isV6, IpHeader.PROTOCOL_TCP, total, flow);
        long tcp = at + ip;
        Memory.fill(tcp, headerLength, 0);
        Memory.putShortBe(tcp, 1000 + flow);
        Memory.putShortBe(tcp + 2, 443);
        Memory.putIntBe(tcp + TcpHeader.SEQUENCE_OFFSET, sequence);
        Memory.putIntBe(tcp + TcpHeader.ACKNOWLEDGMENT_OFFSET, 0x0102_0304);
        Memory.putByte(tcp + TcpHeader.DATA_OFFSET, headerLength << 2);
        Memory.putByte(tcp + TcpHeader.FLAGS_OFFSET, flags);
        fillRandom(tcp + headerLength, payload, random);
        putTransportChecksum(at, isV6, IpHeader.PROTOCOL_TCP, total - ip, TcpHeader.CHECKSUM_OFFSET);
        return total;
    }

    public static int putUdp(long at, boolean isV6, int flow, Random random, int payload) {
        int ip = ipLength(isV6);
        int total = ip + UdpHeader.LENGTH + payload;
        putIp(at, isV6, IpHeader.PROTOCOL_UDP, total, flow);
        long udp = at + ip;
        Memory.putShortBe(udp, 1000 + flow);
        Memory.putShortBe(udp + 2, 53);
        Memory.putShortBe(udp + UdpHeader.LENGTH_OFFSET, total - ip);
        fillRandom(udp + UdpHeader.LENGTH, payload, random);
        putTransportChecksum(at, isV6, IpHeader.PROTOCOL_UDP, total - ip, UdpHeader.CHECKSUM_OFFSET);
        return total;
    }

    /**
     * Writes a packet of a protocol that no offload knows (RFC 3692's 253) and of exactly {@code length} bytes, with
     * random content.
     */
    public static void putOpaque(long at, boolean isV6, int length, Random random) {
        putIp(at, isV6, EXPERIMENTAL_PROTOCOL, length, 0);
        fillRandom(at + ipLength(isV6), length - ipLength(isV6), random);
    }

    public static void fillRandom(long at, int length, Random random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        Memory.copy(bytes, 0, at, length);
    }

    private static void putTransportChecksum(long packet, boolean isV6, int protocol, int length, int offset) {
        long transport = packet + ipLength(isV6);
        Memory.putShortBe(transport + offset, 0);
        long sum = Checksum.add(Checksum.pseudoHeader(packet, isV6, protocol, length), transport, length);
        Memory.putShortBe(transport + offset, Checksum.finish(sum));
    }

    /** True when the IPv4 header's and the transport's checksums both are right. */
    public static boolean hasRightChecksums(long packet, int length) {
        boolean isV6 = IpHeader.version(packet) == 6;
        int ip = ipLength(isV6);
        int protocol = Memory.getByte(packet + (isV6 ? IpHeader.V6_NEXT_HEADER_OFFSET : IpHeader.V4_PROTOCOL_OFFSET));
        boolean ipIsRight = isV6 || Checksum.fold(Checksum.add(0, packet, IpHeader.V4_LENGTH)) == 0xffff;
        long sum = Checksum.pseudoHeader(packet, isV6, protocol, length - ip);
        return ipIsRight && Checksum.fold(Checksum.add(sum, packet + ip, length - ip)) == 0xffff;
    }

    public static byte[] bytes(long at, int length) {
        byte[] copy = new byte[length];
        Memory.copy(at, copy, 0, length);
        return copy;
    }
}
