package skyawg.datapath.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.net.InetAddress;
import java.net.NetworkInterface;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;

/**
 * Asks the routing table, by connecting a UDP socket, which interface packets to an address would leave by. One thread.
 */
public final class RouteProbe implements AutoCloseable {
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_MARK = 36;
    private static final int ANY_PORT = 9;
    private static final int UNKNOWN = 0;

    private final Arena arena = Arena.ofShared();
    private final long scratch = Memory.allocate(arena, 64);

    /**
     * The index of the interface that holds the source address the route chooses.
     *
     * @return 0 when there is no route
     */
    public int interfaceTo(IpAddress remote, int scopeId, long fwmark) {
        int domain = remote.isV6() ? SockAddr.AF_INET6 : SockAddr.AF_INET;
        int fd = LibC.socket(domain, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return UNKNOWN;
        }
        try {
            if (fwmark != 0) {
                Memory.putIntLe(scratch, (int) fwmark);
                LibC.setsockopt(fd, SOL_SOCKET, SO_MARK, scratch, 4);
            }
            int length = SockAddr.put(scratch, remote, scopeId, ANY_PORT);
            if (LibC.connect(fd, scratch, length) < 0) {
                return UNKNOWN;
            }
            Memory.putIntLe(scratch + 48, SockAddr.MAX_LENGTH);
            if (LibC.getsockname(fd, scratch, scratch + 48) < 0) {
                return UNKNOWN;
            }
            InetAddress source =
                    InetAddress.getByAddress(SockAddr.address(scratch).toBytes());
            NetworkInterface holder = NetworkInterface.getByInetAddress(source);
            return holder == null ? UNKNOWN : holder.getIndex();
        } catch (IOException e) {
            return UNKNOWN;
        } finally {
            LibC.close(fd);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
