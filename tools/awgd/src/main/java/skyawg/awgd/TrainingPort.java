package skyawg.awgd;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicInteger;
import skyawg.datapath.sys.WakeUp;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tun.LinkView;
import skyawg.datapath.tun.VirtioHeader;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.TcpHeader;
import skyawg.protocol.wire.UdpHeader;

/**
 * A network interface that is none, for {@link Training}: its link is up, it gives the tunnel a number of frames to
 * read, some of them TCP superpackets, and counts what the tunnel writes.
 */
final class TrainingPort implements FramePort, LinkView {
    private static final int MTU = 1420;
    private static final int SEGMENT_LENGTH = MTU - IpHeader.V4_LENGTH - TcpHeader.LENGTH;
    private static final int SEGMENTS = 8;
    private static final int UDP_PAYLOAD_LENGTH = 64;

    private final Arena arena = Arena.ofAuto();
    private final WakeUp readable = new WakeUp(arena);
    private final int source;
    private final int destination;
    private int toRead;
    private int sequence;
    private final AtomicInteger written = new AtomicInteger();

    /** The addresses of the frames that the tunnel reads. */
    TrainingPort(int source, int destination) throws IOException {
        this.source = source;
        this.destination = destination;
    }

    /** Offers frames. Before the tunnel starts, or when it has read all that were offered before. */
    void offer(int frames) {
        toRead = frames;
        readable.signal();
    }

    /** Frames, and superpackets, that the tunnel has written. */
    int written() {
        return written.get();
    }

    @Override
    public int read(long frame, int capacity) {
        if (toRead == 0) {
            readable.drain();
            return 0;
        }
        toRead--;
        boolean isTcp = toRead % 2 == 0;
        int payload = isTcp ? SEGMENTS * SEGMENT_LENGTH : UDP_PAYLOAD_LENGTH;
        int header = isTcp ? TcpHeader.LENGTH : UdpHeader.LENGTH;
        long packet = frame + VirtioHeader.SIZE;
        int length = IpHeader.V4_LENGTH + header + payload;
        Memory.fill(frame, VirtioHeader.SIZE + length, 0);
        putIp(packet, isTcp ? IpHeader.PROTOCOL_TCP : IpHeader.PROTOCOL_UDP, length);
        if (isTcp) {
            putTcp(frame, packet + IpHeader.V4_LENGTH, payload);
        } else {
            Memory.putShortBe(packet + IpHeader.V4_LENGTH + UdpHeader.LENGTH_OFFSET, header + payload);
        }
        return VirtioHeader.SIZE + length;
    }

    private void putIp(long packet, int protocol, int length) {
        Memory.putByte(packet, 0x45);
        Memory.putShortBe(packet + IpHeader.V4_TOTAL_LENGTH_OFFSET, length);
        Memory.putByte(packet + IpHeader.V4_PROTOCOL_OFFSET, protocol);
        Memory.putIntBe(packet + IpHeader.V4_SOURCE_OFFSET, source);
        Memory.putIntBe(packet + IpHeader.V4_DESTINATION_OFFSET, destination);
        IpHeader.putV4Checksum(packet, IpHeader.V4_LENGTH);
    }

    private void putTcp(long frame, long header, int payload) {
        Memory.putIntBe(header + TcpHeader.SEQUENCE_OFFSET, sequence);
        Memory.putByte(header + TcpHeader.DATA_OFFSET, TcpHeader.LENGTH << 2);
        Memory.putByte(header + TcpHeader.FLAGS_OFFSET, TcpHeader.ACK);
        sequence += payload;
        VirtioHeader.put(
                frame,
                VirtioHeader.GSO_TCPV4,
                IpHeader.V4_LENGTH + TcpHeader.LENGTH,
                SEGMENT_LENGTH,
                IpHeader.V4_LENGTH,
                TcpHeader.CHECKSUM_OFFSET);
    }

    @Override
    public boolean write(long frame, int length) {
        written.incrementAndGet();
        return true;
    }

    @Override
    public boolean writev(long iovecs, int count) {
        written.incrementAndGet();
        return true;
    }

    @Override
    public int fd() {
        return readable.fd();
    }

    @Override
    public boolean hasUdpOffload() {
        return true;
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public boolean isUp() {
        return true;
    }

    @Override
    public int mtu() {
        return MTU;
    }

    /** As a port and as a link: the descriptor goes once. */
    @Override
    public void close() {}
}
