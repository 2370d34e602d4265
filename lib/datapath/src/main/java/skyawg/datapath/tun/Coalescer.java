package skyawg.datapath.tun;

import java.lang.foreign.Arena;
import java.util.Arrays;
import skyawg.datapath.sys.IoVec;
import skyawg.protocol.wire.Checksum;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;
import skyawg.protocol.wire.UdpHeader;

/**
 * Collects the packets of one receive batch and writes them to the TUN, runs of one TCP or UDP flow as one superpacket.
 *
 * <p>Nothing is copied: a superpacket is a list of pieces (its first packet whole, then payloads) where they were
 * decrypted, handed over by one writev. The superpacket's transport checksum is left to the kernel, which trusts us as
 * it trusts in-kernel WireGuard: every byte has been authenticated. Packets of one flow keep their order.
 *
 * <p>A packet given to {@link #add} must have {@link #HEADROOM} writable bytes in front of it and stay where it is
 * until {@link #flush}. One thread.
 */
public final class Coalescer {
    /** Bytes in front of each packet that this class writes to. */
    public static final int HEADROOM = VirtioHeader.SIZE;

    private static final int MAX_PACKETS = 2048;
    private static final int MAX_PIECES = 64;
    private static final int MAX_SUPERPACKET = 65535;
    private static final int FLOWS = 128;
    private static final int NONE = -1;

    // One row a superpacket (or single packet), in order of arrival.
    private final long[] first = new long[MAX_PACKETS];
    private final int[] firstLength = new int[MAX_PACKETS];
    private final int[] totalLength = new int[MAX_PACKETS];
    private final int[] pieces = new int[MAX_PACKETS];
    private final int[] lastPiece = new int[MAX_PACKETS];
    private final int[] headerLength = new int[MAX_PACKETS];
    private final int[] transportOffset = new int[MAX_PACKETS];
    private final int[] segmentSize = new int[MAX_PACKETS];
    private final int[] nextSequence = new int[MAX_PACKETS];
    private final boolean[] isTcp = new boolean[MAX_PACKETS];
    private final boolean[] isOpen = new boolean[MAX_PACKETS];
    private int rows;

    // Pieces behind the first, linked by row.
    private final long[] pieceAddress = new long[MAX_PACKETS];
    private final int[] pieceLength = new int[MAX_PACKETS];
    private final int[] nextPiece = new int[MAX_PACKETS];
    private final int[] firstPiece = new int[MAX_PACKETS];
    private int pieceCount;

    // The newest row of each flow, by hash.
    private final int[] rowOfFlow = new int[FLOWS];

    private final long iovecs;
    private final boolean coalescesUdp;

    /** @param coalescesUdp whether the TUN takes UDP superpackets */
    public Coalescer(Arena arena, boolean coalescesUdp) {
        this.iovecs = Memory.allocate(arena, (long) MAX_PIECES * IoVec.SIZE);
        this.coalescesUdp = coalescesUdp;
        Arrays.fill(rowOfFlow, NONE);
    }

    /** True when no further packet can be added before a flush. */
    public boolean isFull() {
        return rows == MAX_PACKETS || pieceCount == MAX_PACKETS;
    }

    /** Takes a packet whose length its IP header confirms. Not to be called when full. */
    public void add(long packet, int length) {
        boolean isV6 = IpHeader.version(packet) == 6;
        int ipLength = isV6 ? IpHeader.V6_LENGTH : IpHeader.V4_LENGTH;
        int protocol = Memory.getByte(packet + (isV6 ? IpHeader.V6_NEXT_HEADER_OFFSET : IpHeader.V4_PROTOCOL_OFFSET));
        boolean tcp = protocol == IpHeader.PROTOCOL_TCP;
        boolean isCandidate = (tcp || (protocol == IpHeader.PROTOCOL_UDP && coalescesUdp))
                && (isV6 || isPlainV4(packet))
                && length >= ipLength + (tcp ? TcpHeader.LENGTH : UdpHeader.LENGTH);
        if (!isCandidate) {
            open(packet, length, tcp, ipLength, length, false);
            return;
        }
        long transport = packet + ipLength;
        int headers = ipLength + (tcp ? TcpHeader.headerLength(transport) : UdpHeader.LENGTH);
        int flow = flowHash(packet, transport, isV6);
        int row = rowOfFlow[flow];
        boolean merges = tcp
                ? headers >= ipLength + TcpHeader.LENGTH && headers <= length && mayMergeTcp(transport)
                : Memory.getShortBe(transport + UdpHeader.CHECKSUM_OFFSET) != 0
                        && Memory.getShortBe(transport + UdpHeader.LENGTH_OFFSET) == length - ipLength;
        int payload = length - headers;
        if (row != NONE && isSameFlow(row, packet, ipLength)) {
            if (merges && payload > 0 && append(row, packet, headers, payload, tcp)) {
                return;
            }
            // Whatever follows in this flow must come behind the present packet.
            isOpen[row] = false;
        }
        rowOfFlow[flow] = rows;
        open(packet, length, tcp, ipLength, headers, merges && payload > 0 && !endsRun(transport, tcp));
    }

    /** Writes everything collected; returns how many frames were not taken. */
    public int flush(FrameSink tun) {
        int refused = 0;
        for (int row = 0; row < rows; row++) {
            if (!write(tun, row)) {
                refused++;
            }
        }
        rows = 0;
        pieceCount = 0;
        Arrays.fill(rowOfFlow, NONE);
        return refused;
    }

    private void open(long packet, int length, boolean tcp, int ipLength, int headers, boolean open) {
        int row = rows++;
        first[row] = packet;
        firstLength[row] = length;
        totalLength[row] = length;
        pieces[row] = 1;
        firstPiece[row] = NONE;
        lastPiece[row] = NONE;
        headerLength[row] = headers;
        transportOffset[row] = ipLength;
        segmentSize[row] = length - headers;
        isTcp[row] = tcp;
        isOpen[row] = open;
        if (tcp && open) {
            nextSequence[row] = Memory.getIntBe(packet + ipLength + TcpHeader.SEQUENCE_OFFSET) + segmentSize[row];
        }
    }

    private boolean append(int row, long packet, int headers, int payload, boolean tcp) {
        if (!isOpen[row]
                || payload > segmentSize[row]
                || headers != headerLength[row]
                || pieces[row] == MAX_PIECES
                || totalLength[row] + payload > MAX_SUPERPACKET
                || !hasSameHeader(first[row], packet, transportOffset[row], headers, tcp)) {
            return false;
        }
        long transport = packet + transportOffset[row];
        if (tcp) {
            if (Memory.getIntBe(transport + TcpHeader.SEQUENCE_OFFSET) != nextSequence[row]) {
                return false;
            }
            nextSequence[row] += payload;
        }
        int piece = pieceCount++;
        pieceAddress[piece] = packet + headers;
        pieceLength[piece] = payload;
        nextPiece[piece] = NONE;
        if (lastPiece[row] == NONE) {
            firstPiece[row] = piece;
        } else {
            nextPiece[lastPiece[row]] = piece;
        }
        lastPiece[row] = piece;
        pieces[row]++;
        totalLength[row] += payload;
        if (tcp && (TcpHeader.flags(transport) & TcpHeader.PSH) != 0) {
            long flags = first[row] + transportOffset[row] + TcpHeader.FLAGS_OFFSET;
            Memory.putByte(flags, Memory.getByte(flags) | TcpHeader.PSH);
            isOpen[row] = false;
        }
        if (payload < segmentSize[row]) {
            isOpen[row] = false;
        }
        return true;
    }

    private boolean write(FrameSink tun, int row) {
        long packet = first[row];
        long frame = packet - VirtioHeader.SIZE;
        if (pieces[row] == 1) {
            VirtioHeader.clear(frame);
            return tun.write(frame, VirtioHeader.SIZE + firstLength[row]);
        }
        writeSuperpacketHeader(row, packet, frame);
        IoVec.set(iovecs, frame, VirtioHeader.SIZE + firstLength[row]);
        int count = 1;
        for (int piece = firstPiece[row]; piece != NONE; piece = nextPiece[piece]) {
            IoVec.set(iovecs + (long) count * IoVec.SIZE, pieceAddress[piece], pieceLength[piece]);
            count++;
        }
        return tun.writev(iovecs, count);
    }

    private void writeSuperpacketHeader(int row, long packet, long frame) {
        int length = totalLength[row];
        int transportStart = transportOffset[row];
        int transportLength = length - transportStart;
        boolean isV6 = IpHeader.version(packet) == 6;
        if (isV6) {
            Memory.putShortBe(packet + IpHeader.V6_PAYLOAD_LENGTH_OFFSET, length - IpHeader.V6_LENGTH);
        } else {
            Memory.putShortBe(packet + IpHeader.V4_TOTAL_LENGTH_OFFSET, length);
            IpHeader.putV4Checksum(packet, transportStart);
        }
        boolean tcp = isTcp[row];
        int protocol = tcp ? IpHeader.PROTOCOL_TCP : IpHeader.PROTOCOL_UDP;
        int checksumOffset = tcp ? TcpHeader.CHECKSUM_OFFSET : UdpHeader.CHECKSUM_OFFSET;
        long transport = packet + transportStart;
        if (!tcp) {
            Memory.putShortBe(transport + UdpHeader.LENGTH_OFFSET, transportLength);
        }
        int partial = Checksum.fold(Checksum.pseudoHeader(packet, isV6, protocol, transportLength));
        Memory.putShortBe(transport + checksumOffset, partial);
        int type = !tcp ? VirtioHeader.GSO_UDP_L4 : isV6 ? VirtioHeader.GSO_TCPV6 : VirtioHeader.GSO_TCPV4;
        VirtioHeader.put(frame, type, headerLength[row], segmentSize[row], transportStart, checksumOffset);
    }

    /** No options, no fragment. */
    private static boolean isPlainV4(long packet) {
        return IpHeader.v4HeaderLength(packet) == IpHeader.V4_LENGTH
                && (Memory.getShortBe(packet + IpHeader.V4_FRAGMENT_OFFSET) & 0x3fff) == 0;
    }

    private static boolean mayMergeTcp(long transport) {
        return (TcpHeader.flags(transport) & ~TcpHeader.PSH) == TcpHeader.ACK;
    }

    private static boolean endsRun(long transport, boolean tcp) {
        return tcp && (TcpHeader.flags(transport) & TcpHeader.PSH) != 0;
    }

    /** Same addresses, ports and protocol: what decides order. */
    private boolean isSameFlow(int row, long packet, int ipLength) {
        long other = first[row];
        if (transportOffset[row] != ipLength
                || Memory.getIntLe(other + ipLength) != Memory.getIntLe(packet + ipLength)) {
            return false;
        }
        if (ipLength == IpHeader.V4_LENGTH) {
            return IpHeader.version(other) == 4
                    && Memory.getLongLe(other + IpHeader.V4_SOURCE_OFFSET)
                            == Memory.getLongLe(packet + IpHeader.V4_SOURCE_OFFSET)
                    && Memory.getByte(other + IpHeader.V4_PROTOCOL_OFFSET)
                            == Memory.getByte(packet + IpHeader.V4_PROTOCOL_OFFSET);
        }
        return IpHeader.version(other) == 6
                && Memory.getLongLe(other + 8) == Memory.getLongLe(packet + 8)
                && Memory.getLongLe(other + 16) == Memory.getLongLe(packet + 16)
                && Memory.getLongLe(other + 24) == Memory.getLongLe(packet + 24)
                && Memory.getLongLe(other + 32) == Memory.getLongLe(packet + 32)
                && Memory.getByte(other + IpHeader.V6_NEXT_HEADER_OFFSET)
                        == Memory.getByte(packet + IpHeader.V6_NEXT_HEADER_OFFSET);
    }

    /**
     * What all segments of a superpacket share: TOS and TTL (class, flow and hop limit), DF, acknowledgment, options.
     */
    private static boolean hasSameHeader(long one, long other, int ipLength, int headers, boolean tcp) {
        if (ipLength == IpHeader.V4_LENGTH) {
            boolean isSame = Memory.getShortLe(one) == Memory.getShortLe(other)
                    && Memory.getShortLe(one + IpHeader.V4_FRAGMENT_OFFSET)
                            == Memory.getShortLe(other + IpHeader.V4_FRAGMENT_OFFSET)
                    && Memory.getByte(one + 8) == Memory.getByte(other + 8);
            if (!isSame) {
                return false;
            }
        } else if (Memory.getIntLe(one) != Memory.getIntLe(other)
                || Memory.getByte(one + 7) != Memory.getByte(other + 7)) {
            return false;
        }
        if (!tcp) {
            return true;
        }
        if (Memory.getIntLe(one + ipLength + TcpHeader.ACKNOWLEDGMENT_OFFSET)
                != Memory.getIntLe(other + ipLength + TcpHeader.ACKNOWLEDGMENT_OFFSET)) {
            return false;
        }
        for (int at = ipLength + TcpHeader.LENGTH; at < headers; at += 4) {
            if (Memory.getIntLe(one + at) != Memory.getIntLe(other + at)) {
                return false;
            }
        }
        return true;
    }

    private static int flowHash(long packet, long transport, boolean isV6) {
        long key = isV6
                ? Memory.getLongLe(packet + 16) ^ Memory.getLongLe(packet + 32)
                : Memory.getLongLe(packet + IpHeader.V4_SOURCE_OFFSET);
        key = (key ^ Memory.getIntLe(transport)) * 0x9e37_79b9_7f4a_7c15L;
        return (int) (key >>> (64 - 7));
    }
}
