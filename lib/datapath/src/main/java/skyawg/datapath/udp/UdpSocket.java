package skyawg.datapath.udp;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.SockAddr;
import skyawg.datapath.sys.SystemCallException;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;

/**
 * One UDP socket of one address family, bound to every local address at a port. It reports where each datagram came in
 * (pktinfo), never fragments, and has GRO switched on where the kernel knows it.
 */
public final class UdpSocket implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int BUFFER_BYTES = 7 << 20;

    private final int fd;
    private final boolean isV6;
    private final int port;
    private final boolean hasGro;
    private volatile boolean hasGso;

    private UdpSocket(int fd, boolean isV6, int port, boolean hasGro, boolean hasGso) {
        this.fd = fd;
        this.isV6 = isV6;
        this.port = port;
        this.hasGro = hasGro;
        this.hasGso = hasGso;
    }

    /**
     * Opens and binds a socket.
     *
     * @param port 0 lets the kernel choose
     * @param fwmark 0 for none
     * @param offloads false leaves GSO and GRO off
     */
    public static UdpSocket open(boolean isV6, int port, long fwmark, boolean offloads) throws IOException {
        int domain = isV6 ? SockAddr.AF_INET6 : SockAddr.AF_INET;
        int fd = LibC.socket(domain, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new SystemCallException("open a UDP socket");
        }
        try (Arena arena = Arena.ofConfined()) {
            long scratch = Memory.allocate(arena, 64);
            configure(fd, isV6, scratch);
            if (fwmark != 0) {
                mark(fd, fwmark, scratch);
            }
            boolean gro = offloads && set(fd, SocketOption.SOL_UDP, SocketOption.UDP_GRO, 1, scratch);
            // Setting the default segment size to "none" succeeds exactly where the option exists.
            boolean gso = offloads && set(fd, SocketOption.SOL_UDP, SocketOption.UDP_SEGMENT, 0, scratch);
            IpAddress any = isV6 ? IpAddress.v6(0, 0) : IpAddress.v4(0);
            int length = SockAddr.put(scratch, any, 0, port);
            if (LibC.bind(fd, scratch, length) < 0) {
                throw new SystemCallException("bind UDP port " + port);
            }
            Memory.putIntLe(scratch + 48, SockAddr.MAX_LENGTH);
            if (LibC.getsockname(fd, scratch, scratch + 48) < 0) {
                throw new SystemCallException("getsockname");
            }
            return new UdpSocket(fd, isV6, SockAddr.port(scratch), gro, gso);
        } catch (IOException e) {
            LibC.close(fd);
            throw e;
        }
    }

    private static void configure(int fd, boolean isV6, long scratch) throws IOException {
        // The forced forms need CAP_NET_ADMIN and go beyond net.core.rmem_max; failing leaves the system's default.
        if (!set(fd, SocketOption.SOL_SOCKET, SocketOption.SO_RCVBUFFORCE, BUFFER_BYTES, scratch)) {
            set(fd, SocketOption.SOL_SOCKET, SocketOption.SO_RCVBUF, BUFFER_BYTES, scratch);
        }
        if (!set(fd, SocketOption.SOL_SOCKET, SocketOption.SO_SNDBUFFORCE, BUFFER_BYTES, scratch)) {
            set(fd, SocketOption.SOL_SOCKET, SocketOption.SO_SNDBUF, BUFFER_BYTES, scratch);
        }
        boolean isSet;
        if (isV6) {
            isSet = set(fd, SocketOption.SOL_IPV6, SocketOption.IPV6_V6ONLY, 1, scratch)
                    && set(fd, SocketOption.SOL_IPV6, SocketOption.IPV6_RECVPKTINFO, 1, scratch);
            set(fd, SocketOption.SOL_IPV6, SocketOption.IPV6_MTU_DISCOVER, SocketOption.PMTUDISC_DO, scratch);
        } else {
            isSet = set(fd, SocketOption.SOL_IP, SocketOption.IP_PKTINFO, 1, scratch);
            set(fd, SocketOption.SOL_IP, SocketOption.IP_MTU_DISCOVER, SocketOption.PMTUDISC_DO, scratch);
        }
        if (!isSet) {
            throw new SystemCallException("set UDP socket options");
        }
    }

    private static boolean set(int fd, int level, int option, int value, long scratch) {
        Memory.putIntLe(scratch, value);
        return LibC.setsockopt(fd, level, option, scratch, 4) == 0;
    }

    private static void mark(int fd, long fwmark, long scratch) throws IOException {
        if (!set(fd, SocketOption.SOL_SOCKET, SocketOption.SO_MARK, (int) fwmark, scratch)) {
            throw new SystemCallException("set fwmark " + fwmark);
        }
    }

    /** Changes the mark of outgoing packets; 0 is none. */
    public void setFwmark(long fwmark) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            mark(fd, fwmark, Memory.allocate(arena, 8));
        }
    }

    public int fd() {
        return fd;
    }

    public boolean isV6() {
        return isV6;
    }

    public int port() {
        return port;
    }

    public boolean hasGro() {
        return hasGro;
    }

    public boolean hasGso() {
        return hasGso;
    }

    /** Sends without segmentation from now on: a device on the way could not do it. */
    void disableGso() {
        hasGso = false;
    }

    /** True when the error means that this machine lacks the address family. */
    static boolean isFamilyMissing(IOException e) {
        return e instanceof SystemCallException call && call.errno() == Errno.EAFNOSUPPORT;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
