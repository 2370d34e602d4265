package skyawg.lab.socket;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.datapath.sys.ControlMessage;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.IoVec;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.MmsgHdr;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.sys.SockAddr;
import skyawg.datapath.sys.SystemCallException;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;

/**
 * A UDP socket that sends and receives up to {@value #BATCH} datagrams of up to {@value #MAX_LENGTH} bytes in one
 * system call. One thread may send and another receive at the same time. Lives as long as the process.
 */
public final class BatchSocket {
    public static final int BATCH = 64;
    public static final int MAX_LENGTH = 2048;

    private static final int SOCK_DGRAM = 2;
    private static final int SOL_SOCKET = 1;
    private static final int SO_SNDBUFFORCE = 32;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_IP = 0;
    private static final int IP_PKTINFO = 8;
    private static final int PKTINFO_LENGTH = 12;
    private static final int BUFFER_LENGTH = 32 << 20;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int CONTROL_LENGTH = ControlMessage.space(PKTINFO_LENGTH);

    private final int fd;
    private final Side outgoing = new Side();
    private final Side incoming = new Side();
    private final long poll = Memory.allocate(Arena.global(), PollFd.SIZE);

    /** Headers, vectors, addresses, control data and payloads for one direction. */
    private static final class Side {
        final long headers = Memory.allocate(Arena.global(), (long) BATCH * MmsgHdr.SIZE);
        final long vectors = Memory.allocate(Arena.global(), (long) BATCH * IoVec.SIZE);
        final long names = Memory.allocate(Arena.global(), (long) BATCH * SockAddr.MAX_LENGTH);
        final long controls = Memory.allocate(Arena.global(), (long) BATCH * CONTROL_LENGTH);
        final long payloads = Memory.allocate(Arena.global(), (long) BATCH * MAX_LENGTH);

        Side() {
            for (int i = 0; i < BATCH; i++) {
                MmsgHdr.iovecs(header(i), vectors + (long) i * IoVec.SIZE, 1);
                IoVec.set(vectors + (long) i * IoVec.SIZE, payload(i), MAX_LENGTH);
            }
        }

        long header(int i) {
            return headers + (long) i * MmsgHdr.SIZE;
        }

        long name(int i) {
            return names + (long) i * SockAddr.MAX_LENGTH;
        }

        long payload(int i) {
            return payloads + (long) i * MAX_LENGTH;
        }
    }

    /** Port 0 lets the kernel choose. */
    public BatchSocket(Endpoint local) throws IOException {
        fd = LibC.socket(local.address().isV6() ? SockAddr.AF_INET6 : SockAddr.AF_INET, SOCK_DGRAM, 0);
        check(fd, "socket");
        setOption(SOL_SOCKET, SO_SNDBUFFORCE, BUFFER_LENGTH);
        setOption(SOL_SOCKET, SO_RCVBUFFORCE, BUFFER_LENGTH);
        int length = SockAddr.put(outgoing.name(0), local.address(), 0, local.port());
        check(LibC.bind(fd, outgoing.name(0), length), "bind " + local);
        PollFd.set(poll, fd, PollFd.POLLIN);
    }

    /** Every datagram goes there, and only those from there are received. */
    public void connect(Endpoint remote) throws IOException {
        int length = SockAddr.put(outgoing.name(0), remote.address(), 0, remote.port());
        check(LibC.connect(fd, outgoing.name(0), length), "connect " + remote);
    }

    /** Where the payload of outgoing datagram {@code i} is written. */
    public long payload(int i) {
        return outgoing.payload(i);
    }

    public void setLength(int i, int length) {
        IoVec.set(outgoing.vectors + (long) i * IoVec.SIZE, outgoing.payload(i), length);
    }

    /** @param name a socket address, as {@link #source} gives it */
    public void setDestination(int i, long name, int length) {
        MmsgHdr.name(outgoing.header(i), name, length);
    }

    /** Outgoing IPv4 datagram {@code i} leaves from this local address, which need not be the bound one. */
    public void setSource(int i, IpAddress address) {
        long control = outgoing.controls + (long) i * CONTROL_LENGTH;
        long data = ControlMessage.put(control, SOL_IP, IP_PKTINFO, PKTINFO_LENGTH);
        Memory.putIntLe(data, 0);
        Memory.putIntBe(data + 4, (int) address.low());
        Memory.putIntLe(data + 8, 0);
        MmsgHdr.control(outgoing.header(i), control, CONTROL_LENGTH);
    }

    /**
     * Sends datagrams 0 to {@code count - 1}; those that the kernel refuses for the moment are gone, as on a full link.
     */
    public int send(int count) {
        int sent = 0;
        while (sent < count) {
            int result = LibC.sendmmsg(fd, outgoing.header(sent), count - sent, 0);
            if (result <= 0) {
                // The first datagram was refused: pass it over.
                sent++;
            } else {
                sent += result;
            }
        }
        return sent;
    }

    /** Waits for datagrams. @return how many there are, 0 after {@code timeoutMillis} */
    public int receive(int timeoutMillis) {
        if (LibC.poll(poll, 1, timeoutMillis) <= 0) {
            return 0;
        }
        for (int i = 0; i < BATCH; i++) {
            MmsgHdr.name(incoming.header(i), incoming.name(i), SockAddr.MAX_LENGTH);
        }
        return Math.max(0, LibC.recvmmsg(fd, incoming.headers, BATCH, MSG_DONTWAIT, 0));
    }

    public long received(int i) {
        return incoming.payload(i);
    }

    public int receivedLength(int i) {
        return MmsgHdr.length(incoming.header(i));
    }

    /** The sender's socket address, {@link SockAddr#MAX_LENGTH} bytes of room. */
    public long source(int i) {
        return incoming.name(i);
    }

    private void setOption(int level, int option, int value) {
        long memory = outgoing.name(0);
        Memory.putIntLe(memory, value);
        // Without the right to, the default size stays: fewer packets in flight, nothing wrong.
        LibC.setsockopt(fd, level, option, memory, Integer.BYTES);
    }

    private static void check(int result, String what) throws SystemCallException {
        if (result < 0) {
            int errno = LibC.errno();
            throw new SystemCallException(what, errno == 0 ? Errno.EIO : errno);
        }
    }
}
