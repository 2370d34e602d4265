package skyawg.datapath.udp;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
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
 * Runs of datagrams on their way out, sent by as few system calls as they need. The memory they lie in is the caller's
 * and stays until {@link #flush}. One thread.
 */
public final class SendBatch {
    /** The kernel's limit on datagrams a run. */
    public static final int MAX_SEGMENTS = 64;
    /** The largest UDP payload over IPv4, and so the longest run. */
    public static final int MAX_RUN_BYTES = 65507;

    private static final int CAPACITY = 256;
    private static final int CONTROL_LENGTH = 64;
    private static final int V4_PKTINFO_LENGTH = 12;
    private static final int V6_PKTINFO_LENGTH = 20;

    private final long headers;
    private final long names;
    private final long controls;
    private final long iovecs;
    private final @Nullable UdpPath[] paths = new @Nullable UdpPath[CAPACITY];
    private final long[] data = new long[CAPACITY];
    private final int[] length = new int[CAPACITY];
    private final int[] segmentSize = new int[CAPACITY];
    private int count;

    public SendBatch(Arena arena) {
        headers = Memory.allocate(arena, (long) CAPACITY * MmsgHdr.SIZE);
        names = Memory.allocate(arena, (long) CAPACITY * SockAddr.MAX_LENGTH);
        controls = Memory.allocate(arena, (long) CAPACITY * CONTROL_LENGTH);
        iovecs = Memory.allocate(arena, (long) CAPACITY * IoVec.SIZE);
    }

    public boolean isFull() {
        return count == CAPACITY;
    }

    /** How many runs there is room for. */
    public int free() {
        return CAPACITY - count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /**
     * Adds a run; not to be called when full.
     *
     * @param runLength bytes in all, at most {@link #MAX_RUN_BYTES}
     * @param size of each datagram but the last; at most {@link #MAX_SEGMENTS} of them
     */
    public void add(UdpPath path, long runData, int runLength, int size) {
        int i = count++;
        paths[i] = path;
        data[i] = runData;
        length[i] = runLength;
        segmentSize[i] = size;
    }

    /** Sends everything; returns how many datagrams the system did not take. */
    public int flush(UdpSockets sockets) {
        int refused = 0;
        int i = 0;
        while (i < count) {
            boolean isV6 = path(i).remote().isV6();
            int end = i + 1;
            while (end < count && path(end).remote().isV6() == isV6) {
                end++;
            }
            UdpSocket socket = sockets.family(isV6);
            refused += socket == null ? datagrams(i, end) : send(socket, i, end);
            i = end;
        }
        for (int sent = 0; sent < count; sent++) {
            paths[sent] = null;
        }
        count = 0;
        return refused;
    }

    private int send(UdpSocket socket, int from, int to) {
        for (int i = from; i < to; i++) {
            fill(i, path(i), socket.hasGso());
        }
        int refused = 0;
        int i = from;
        while (i < to) {
            if (!socket.hasGso() && length[i] > segmentSize[i]) {
                refused += sendSingly(socket, i);
                i++;
                continue;
            }
            int sent = LibC.sendmmsg(socket.fd(), header(i), endOfSendable(socket, i, to) - i, 0);
            if (sent > 0) {
                i += sent;
                continue;
            }
            int errno = LibC.errno();
            if (errno == Errno.EINTR) {
                continue;
            }
            if (errno == Errno.EIO && socket.hasGso()) {
                // A device that cannot checksum segments (udp(7)): from now on one datagram a message.
                socket.disableGso();
                for (int rest = i; rest < to; rest++) {
                    fill(rest, path(rest), false);
                }
                continue;
            }
            if (mayHaveLostItsSource(errno) && path(i).source() != null) {
                UdpPath free = path(i).withoutSource();
                paths[i] = free;
                fill(i, free, socket.hasGso());
                continue;
            }
            refused += datagrams(i, i + 1);
            i++;
        }
        return refused;
    }

    /** Without GSO a run of several datagrams must not go out as one. */
    private int endOfSendable(UdpSocket socket, int from, int to) {
        if (socket.hasGso()) {
            return to;
        }
        int end = from + 1;
        while (end < to && length[end] <= segmentSize[end]) {
            end++;
        }
        return end;
    }

    private int sendSingly(UdpSocket socket, int i) {
        int refused = 0;
        for (int at = 0; at < length[i]; at += segmentSize[i]) {
            IoVec.set(iovec(i), data[i] + at, Math.min(segmentSize[i], length[i] - at));
            int sent;
            do {
                sent = LibC.sendmmsg(socket.fd(), header(i), 1, 0);
            } while (sent < 0 && LibC.errno() == Errno.EINTR);
            if (sent < 0) {
                refused++;
            }
        }
        return refused;
    }

    private static boolean mayHaveLostItsSource(int errno) {
        return errno == Errno.EINVAL || errno == Errno.EADDRNOTAVAIL || errno == Errno.ENETUNREACH;
    }

    private void fill(int i, UdpPath path, boolean gso) {
        long header = header(i);
        long name = names + (long) i * SockAddr.MAX_LENGTH;
        MmsgHdr.name(header, name, SockAddr.put(name, path.remote(), path.scopeId(), path.port()));
        IoVec.set(iovec(i), data[i], length[i]);
        MmsgHdr.iovecs(header, iovec(i), 1);
        MmsgHdr.clearFlags(header);
        long control = controls + (long) i * CONTROL_LENGTH;
        int used = putSource(control, path);
        if (gso && length[i] > segmentSize[i]) {
            long value = ControlMessage.put(control + used, SocketOption.SOL_UDP, SocketOption.UDP_SEGMENT, 2);
            Memory.putShortLe(value, segmentSize[i]);
            used += ControlMessage.space(2);
        }
        MmsgHdr.control(header, used == 0 ? 0 : control, used);
    }

    /** Asks for the sticky source address; the route stays free to choose the interface. */
    private static int putSource(long control, UdpPath path) {
        IpAddress source = path.source();
        if (source == null) {
            return 0;
        }
        if (source.isV6()) {
            long info =
                    ControlMessage.put(control, SocketOption.SOL_IPV6, SocketOption.IPV6_PKTINFO, V6_PKTINFO_LENGTH);
            Memory.putLongBe(info, source.high());
            Memory.putLongBe(info + 8, source.low());
            Memory.putIntLe(info + 16, 0);
            return ControlMessage.space(V6_PKTINFO_LENGTH);
        }
        long info = ControlMessage.put(control, SocketOption.SOL_IP, SocketOption.IP_PKTINFO, V4_PKTINFO_LENGTH);
        Memory.putIntLe(info, 0);
        Memory.putIntBe(info + 4, (int) source.low());
        Memory.putIntLe(info + 8, 0);
        return ControlMessage.space(V4_PKTINFO_LENGTH);
    }

    private int datagrams(int from, int to) {
        int datagrams = 0;
        for (int i = from; i < to; i++) {
            datagrams += length[i] <= segmentSize[i] ? 1 : (length[i] + segmentSize[i] - 1) / segmentSize[i];
        }
        return datagrams;
    }

    @SuppressWarnings("NullAway") // filled up to count
    private UdpPath path(int i) {
        return paths[i];
    }

    private long header(int i) {
        return headers + (long) i * MmsgHdr.SIZE;
    }

    private long iovec(int i) {
        return iovecs + (long) i * IoVec.SIZE;
    }
}
