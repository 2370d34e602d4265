package skyawg.datapath.udp;

import java.lang.foreign.Arena;
import skyawg.datapath.sys.ControlMessage;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.IoVec;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.MmsgHdr;
import skyawg.datapath.sys.SockAddr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * What one recvmmsg brought: messages, each a datagram or a run of them from one sender. Valid until the next
 * {@link #receive}. One thread.
 *
 * <p>Bulk traffic comes as few long runs, and a small batch of those stays in the CPU's cache; many short datagrams
 * come better in a large batch. So the batch grows while messages are short and shrinks when they are long.
 */
public final class ReceiveBatch {
    private static final int SMALL = 8;
    private static final int LARGE = 64;
    private static final int BUFFER_LENGTH = 65536;
    /** Not a power of two: buffers at such a distance would all fall into the same few cache sets. */
    private static final int BUFFER_STRIDE = BUFFER_LENGTH + 2112;

    private static final int LONG_BATCH_BYTES = 128 << 10;
    private static final int CONTROL_LENGTH = 128;
    private static final int MSG_DONTWAIT = 0x40;

    private final long buffers;
    private final long headers;
    private final long names;
    private final long controls;
    private int size = LARGE;
    private int count;
    private boolean isFull;

    public ReceiveBatch(Arena arena) {
        buffers = Memory.allocate(arena, (long) LARGE * BUFFER_STRIDE);
        headers = Memory.allocate(arena, (long) LARGE * MmsgHdr.SIZE);
        names = Memory.allocate(arena, (long) LARGE * SockAddr.MAX_LENGTH);
        controls = Memory.allocate(arena, (long) LARGE * CONTROL_LENGTH);
        long iovecs = Memory.allocate(arena, (long) LARGE * IoVec.SIZE);
        for (int i = 0; i < LARGE; i++) {
            long header = header(i);
            long iovec = iovecs + (long) i * IoVec.SIZE;
            IoVec.set(iovec, data(i), BUFFER_LENGTH);
            MmsgHdr.iovecs(header, iovec, 1);
            MmsgHdr.name(header, source(i), SockAddr.MAX_LENGTH);
            MmsgHdr.control(header, control(i), CONTROL_LENGTH);
        }
        count = LARGE;
    }

    /**
     * Takes what has arrived, without waiting.
     *
     * @return the number of messages, 0 when there is none, below 0 the negative error number
     */
    public int receive(UdpSocket socket) {
        for (int i = 0; i < count; i++) {
            long header = header(i);
            MmsgHdr.nameLength(header, SockAddr.MAX_LENGTH);
            MmsgHdr.controlLength(header, CONTROL_LENGTH);
        }
        count = 0;
        isFull = false;
        int received = LibC.recvmmsg(socket.fd(), headers, size, MSG_DONTWAIT, 0);
        if (received < 0) {
            int errno = LibC.errno();
            return errno == Errno.EAGAIN || errno == Errno.EINTR ? 0 : -errno;
        }
        count = received;
        isFull = received == size;
        int bytes = 0;
        for (int i = 0; i < received; i++) {
            bytes += MmsgHdr.length(header(i));
        }
        size = bytes >= LONG_BATCH_BYTES ? SMALL : LARGE;
        return received;
    }

    /** True when the last {@link #receive} took as much as it could, so that more may wait. */
    public boolean isFull() {
        return isFull;
    }

    public long data(int message) {
        return buffers + (long) message * BUFFER_STRIDE;
    }

    /** Bytes in all datagrams of the message. */
    public int length(int message) {
        return MmsgHdr.length(header(message));
    }

    /** The size of every datagram of the message but the last one, which may be shorter. */
    public int segmentSize(int message) {
        long segment = find(message, SocketOption.SOL_UDP, SocketOption.UDP_GRO);
        return segment == 0 ? Math.max(length(message), 1) : Memory.getIntLe(segment);
    }

    /** The sender's address, a {@link SockAddr}. */
    public long source(int message) {
        return names + (long) message * SockAddr.MAX_LENGTH;
    }

    /**
     * The sender's endpoint and our address that it reached. Makes objects: for a peer's first datagram and when it
     * moves.
     */
    public UdpPath path(int message) {
        long from = source(message);
        IpAddress remote = SockAddr.address(from);
        int scope = SockAddr.scopeId(from);
        if (remote.isV6()) {
            long info = find(message, SocketOption.SOL_IPV6, SocketOption.IPV6_PKTINFO);
            if (info != 0) {
                IpAddress source = IpAddress.v6(Memory.getLongBe(info), Memory.getLongBe(info + 8));
                return new UdpPath(remote, scope, SockAddr.port(from), source, Memory.getIntLe(info + 16));
            }
        } else {
            long info = find(message, SocketOption.SOL_IP, SocketOption.IP_PKTINFO);
            if (info != 0) {
                IpAddress source = IpAddress.v4(Memory.getIntBe(info + 8));
                return new UdpPath(remote, scope, SockAddr.port(from), source, Memory.getIntLe(info));
            }
        }
        return UdpPath.to(remote, scope, SockAddr.port(from));
    }

    /** True when the message came from where {@code path} leads and reached us where it starts; makes no object. */
    public boolean cameBy(int message, UdpPath path) {
        if (!SockAddr.isRemoteOf(source(message), path)) {
            return false;
        }
        IpAddress source = path.source();
        if (source == null) {
            return false;
        }
        if (source.isV6()) {
            long info = find(message, SocketOption.SOL_IPV6, SocketOption.IPV6_PKTINFO);
            return info != 0
                    && Memory.getLongBe(info) == source.high()
                    && Memory.getLongBe(info + 8) == source.low()
                    && Memory.getIntLe(info + 16) == path.sourceInterface();
        }
        long info = find(message, SocketOption.SOL_IP, SocketOption.IP_PKTINFO);
        return info != 0
                && Memory.getIntBe(info + 8) == (int) source.low()
                && Memory.getIntLe(info) == path.sourceInterface();
    }

    private long header(int message) {
        return headers + (long) message * MmsgHdr.SIZE;
    }

    private long control(int message) {
        return controls + (long) message * CONTROL_LENGTH;
    }

    /** Data of the control message of that kind, 0 when there is none. */
    private long find(int message, int level, int type) {
        long at = control(message);
        long end = at + MmsgHdr.controlLength(header(message));
        while (at + ControlMessage.HEADER_SIZE <= end) {
            int length = ControlMessage.length(at);
            if (length < ControlMessage.HEADER_SIZE) {
                return 0;
            }
            if (ControlMessage.type(at) == type && ControlMessage.level(at) == level) {
                return ControlMessage.data(at);
            }
            at += (length + 7) & ~7;
        }
        return 0;
    }
}
