package skyawg.datapath.tun;

import java.lang.foreign.Arena;
import skyawg.protocol.wire.Checksum;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;
import skyawg.protocol.wire.UdpHeader;

/**
 * Cuts a frame that was read from the TUN into the packets that it stands for, in place: each packet's header is
 * written over the tail of the packet before it. So a packet is valid from its {@link #next} to the following one.
 *
 * <pre>
 *  frame    [virtio][IP TCP | payload 0 ......... | payload 1 ......... | payload 2 ..]
 *  packet 0         [IP TCP | payload 0           ]
 *  packet 1                               [IP TCP | payload 1           ]
 * </pre>
 *
 * <p>The kernel's {@code hdr_len} is not trusted: header lengths follow from the checksum start and the TCP data
 * offset. A frame that does not add up yields no packet. One thread.
 */
public final class Segmenter implements FrameCutter {
    /** Room that a frame takes: the virtio header and the largest packet. */
    public static final int FRAME_LENGTH = VirtioHeader.SIZE + 65535;

    private static final int MAX_HEADER_LENGTH = 256;

    private final long template;
    private long packet;
    private int length;

    // The superpacket being cut; remaining is what has not been handed out of its payload.
    private long payload;
    private int remaining;
    private int headerLength;
    private int transportOffset;
    private int segmentSize;
    private int index;
    private boolean isTcp;
    private boolean isV6;
    private boolean isWhole;

    public Segmenter(Arena arena) {
        template = Memory.allocate(arena, MAX_HEADER_LENGTH);
    }

    @Override
    public boolean begin(long frame, int frameLength) {
        remaining = 0;
        isWhole = false;
        packet = frame + VirtioHeader.SIZE;
        length = frameLength - VirtioHeader.SIZE;
        if (length < IpHeader.V4_LENGTH) {
            return false;
        }
        int type = VirtioHeader.gsoType(frame);
        if (type == VirtioHeader.GSO_NONE) {
            isWhole = !VirtioHeader.needsChecksum(frame) || finishChecksum(frame);
            return isWhole;
        }
        return beginSuperpacket(frame, type);
    }

    @Override
    public boolean next() {
        if (isWhole) {
            isWhole = false;
            return true;
        }
        if (remaining == 0) {
            return false;
        }
        int payloadLength = Math.min(segmentSize, remaining);
        packet = payload - headerLength;
        length = headerLength + payloadLength;
        if (index > 0) {
            Memory.copy(template, packet, headerLength);
        }
        remaining -= payloadLength;
        payload += payloadLength;
        writeHeader(payloadLength);
        index++;
        return true;
    }

    /** Where the present packet's IP header begins. */
    @Override
    public long packet() {
        return packet;
    }

    @Override
    public int length() {
        return length;
    }

    /** True while the frame holds more packets behind the present one. */
    public boolean hasMore() {
        return remaining > 0;
    }

    private boolean beginSuperpacket(long frame, int type) {
        isTcp = type == VirtioHeader.GSO_TCPV4 || type == VirtioHeader.GSO_TCPV6;
        isV6 = IpHeader.version(packet) == 6;
        boolean isKnown = isTcp ? isV6 == (type == VirtioHeader.GSO_TCPV6) : type == VirtioHeader.GSO_UDP_L4;
        transportOffset = VirtioHeader.csumStart(frame);
        segmentSize = VirtioHeader.gsoSize(frame);
        int ipHeaderLength = isV6 ? IpHeader.V6_LENGTH : IpHeader.v4HeaderLength(packet);
        boolean isPlausible = isKnown
                && segmentSize > 0
                && (isV6 || IpHeader.version(packet) == 4)
                && ipHeaderLength >= IpHeader.V4_LENGTH
                && (isV6 ? transportOffset >= ipHeaderLength : transportOffset == ipHeaderLength)
                && transportOffset + (isTcp ? TcpHeader.LENGTH : UdpHeader.LENGTH) <= length;
        if (!isPlausible) {
            return false;
        }
        int transportLength = isTcp ? TcpHeader.headerLength(packet + transportOffset) : UdpHeader.LENGTH;
        headerLength = transportOffset + transportLength;
        if (transportLength < (isTcp ? TcpHeader.LENGTH : UdpHeader.LENGTH)
                || headerLength > MAX_HEADER_LENGTH
                || headerLength >= length) {
            return false;
        }
        Memory.copy(packet, template, headerLength);
        payload = packet + headerLength;
        remaining = length - headerLength;
        index = 0;
        return true;
    }

    private void writeHeader(int payloadLength) {
        if (isV6) {
            Memory.putShortBe(packet + IpHeader.V6_PAYLOAD_LENGTH_OFFSET, length - IpHeader.V6_LENGTH);
        } else {
            Memory.putShortBe(packet + IpHeader.V4_TOTAL_LENGTH_OFFSET, length);
            int id = Memory.getShortBe(template + IpHeader.V4_ID_OFFSET) + index;
            Memory.putShortBe(packet + IpHeader.V4_ID_OFFSET, id);
            IpHeader.putV4Checksum(packet, transportOffset);
        }
        long transport = packet + transportOffset;
        int transportLength = headerLength - transportOffset + payloadLength;
        int protocol = isTcp ? IpHeader.PROTOCOL_TCP : IpHeader.PROTOCOL_UDP;
        int checksumOffset = isTcp ? TcpHeader.CHECKSUM_OFFSET : UdpHeader.CHECKSUM_OFFSET;
        if (isTcp) {
            writeTcpHeader(transport);
        } else {
            Memory.putShortBe(transport + UdpHeader.LENGTH_OFFSET, transportLength);
        }
        Memory.putShortBe(transport + checksumOffset, 0);
        long sum = Checksum.pseudoHeader(packet, isV6, protocol, transportLength);
        int checksum = Checksum.finish(Checksum.add(sum, transport, transportLength));
        Memory.putShortBe(transport + checksumOffset, checksum == 0 && !isTcp ? 0xffff : checksum);
    }

    private void writeTcpHeader(long transport) {
        int sequence = Memory.getIntBe(template + transportOffset + TcpHeader.SEQUENCE_OFFSET);
        Memory.putIntBe(transport + TcpHeader.SEQUENCE_OFFSET, sequence + index * segmentSize);
        int flags = TcpHeader.flags(template + transportOffset);
        if (remaining > 0) {
            flags &= ~(TcpHeader.FIN | TcpHeader.PSH);
        }
        if (index > 0) {
            flags &= ~TcpHeader.CWR;
        }
        Memory.putByte(transport + TcpHeader.FLAGS_OFFSET, flags);
    }

    /**
     * Completes the transport checksum that the kernel left to the device (the pseudo-header's sum is in its field).
     */
    private boolean finishChecksum(long frame) {
        int start = VirtioHeader.csumStart(frame);
        int field = start + VirtioHeader.csumOffset(frame);
        if (start >= length || field + 2 > length) {
            return false;
        }
        int checksum = Checksum.finish(Checksum.add(0, packet + start, length - start));
        Memory.putShortBe(packet + field, checksum == 0 ? 0xffff : checksum);
        return true;
    }
}
