package skyawg.datapath.tun;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;
import skyawg.protocol.wire.UdpHeader;

/** Frames as the kernel hands them to a TUN: a virtio header and a packet or superpacket. All return their length. */
public final class TestFrames {
    /** Room for any frame. */
    public static final int ROOM = Segmenter.FRAME_LENGTH + 64;

    /** Bytes of a frame in front of its packet. */
    public static final int HEADER_LENGTH = VirtioHeader.SIZE;

    private TestFrames() {}

    /** One packet of {@code length} bytes that no offload touches. */
    public static int putOpaque(long frame, boolean isV6, int length, Random random) {
        VirtioHeader.clear(frame);
        InnerPackets.putOpaque(frame + VirtioHeader.SIZE, isV6, length, random);
        return VirtioHeader.SIZE + length;
    }

    /** A packet that lies elsewhere. */
    public static int putPacket(long frame, byte[] packet) {
        VirtioHeader.clear(frame);
        Memory.copy(packet, 0, frame + VirtioHeader.SIZE, packet.length);
        return VirtioHeader.SIZE + packet.length;
    }

    public static int putTcp(
            long frame, boolean isV6, int flow, int sequence, Random random, int payload, int segmentSize) {
        int headers = TcpHeader.LENGTH + 12;
        int length = InnerPackets.putTcp(
                frame + VirtioHeader.SIZE, isV6, flow, sequence, TcpHeader.ACK, random, payload, headers);
        int type = isV6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        return superpacket(
                frame, isV6, type, headers, payload > segmentSize, segmentSize, TcpHeader.CHECKSUM_OFFSET, length);
    }

    public static int putUdp(long frame, boolean isV6, int flow, Random random, int payload, int segmentSize) {
        int length = InnerPackets.putUdp(frame + VirtioHeader.SIZE, isV6, flow, random, payload);
        return superpacket(
                frame,
                isV6,
                VirtioHeader.GSO_UDP_L4,
                UdpHeader.LENGTH,
                payload > segmentSize,
                segmentSize,
                UdpHeader.CHECKSUM_OFFSET,
                length);
    }

    private static int superpacket(
            long frame,
            boolean isV6,
            int type,
            int transportLength,
            boolean isLarge,
            int segmentSize,
            int checksumOffset,
            int length) {
        if (isLarge) {
            int ip = InnerPackets.ipLength(isV6);
            VirtioHeader.put(frame, type, ip + transportLength, segmentSize, ip, checksumOffset);
        } else {
            VirtioHeader.clear(frame);
        }
        return VirtioHeader.SIZE + length;
    }

    /** The packets that a frame stands for; the frame is used up. */
    public static List<byte[]> cut(Segmenter segmenter, long frame, int length) {
        List<byte[]> packets = new ArrayList<>();
        segmenter.begin(frame, length);
        while (segmenter.next()) {
            byte[] packet = InnerPackets.bytes(segmenter.packet(), segmenter.length());
            if (isNumberedByTheSystem(packet)) {
                Arrays.fill(packet, IpHeader.V4_ID_OFFSET, IpHeader.V4_ID_OFFSET + 2, (byte) 0);
                Arrays.fill(packet, IpHeader.V4_CHECKSUM_OFFSET, IpHeader.V4_CHECKSUM_OFFSET + 2, (byte) 0);
            }
            packets.add(packet);
        }
        return packets;
    }

    /** What is joined and cut again gets new IPv4 identifications, counted up from the first one's. */
    private static boolean isNumberedByTheSystem(byte[] packet) {
        int protocol = packet[IpHeader.V4_PROTOCOL_OFFSET];
        return packet[0] >>> 4 == 4 && (protocol == IpHeader.PROTOCOL_TCP || protocol == IpHeader.PROTOCOL_UDP);
    }
}
