package skyawg.datapath.tun;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.datapath.sys.CString;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.SystemCallException;
import skyawg.protocol.wire.Memory;

/**
 * A TUN interface (linux/Documentation/networking/tuntap), not blocking, with virtio headers and, where the kernel has
 * them, TCP and UDP segmentation offloads. It disappears when closed.
 */
public final class TunDevice implements FramePort {
    private static final String CLONE_DEVICE = "/dev/net/tun";
    private static final int NAME_LIMIT = 16;
    private static final int IFREQ_LENGTH = 40;

    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private static final long TUNSETIFF = 0x400454caL;
    private static final long TUNSETOFFLOAD = 0x400454d0L;
    private static final int IFF_TUN = 0x0001;
    private static final int IFF_NO_PI = 0x1000;
    private static final int IFF_VNET_HDR = 0x4000;
    private static final int OFFLOAD_CSUM_TSO4_TSO6 = 0x07;
    private static final int OFFLOAD_USO4_USO6 = 0x60;

    private final String name;
    private final int fd;
    private final boolean hasUdpOffload;

    private TunDevice(String name, int fd, boolean hasUdpOffload) {
        this.name = name;
        this.fd = fd;
        this.hasUdpOffload = hasUdpOffload;
    }

    /** Makes the interface {@code name} in the process's network namespace. */
    public static TunDevice create(String name) throws IOException {
        if (name.isEmpty() || name.length() >= NAME_LIMIT) {
            throw new IOException("interface name '" + name + "': 1 to 15 characters");
        }
        try (Arena arena = Arena.ofConfined()) {
            long path = Memory.allocate(arena, 32);
            CString.put(path, CLONE_DEVICE);
            int fd = LibC.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
            if (fd < 0) {
                throw new SystemCallException("open " + CLONE_DEVICE);
            }
            long request = Memory.allocate(arena, IFREQ_LENGTH);
            CString.put(request, name);
            Memory.putShortLe(request + NAME_LIMIT, IFF_TUN | IFF_NO_PI | IFF_VNET_HDR);
            if (LibC.ioctl(fd, TUNSETIFF, request) < 0) {
                SystemCallException e = new SystemCallException("create TUN interface " + name);
                LibC.close(fd);
                throw e;
            }
            if (LibC.ioctl(fd, TUNSETOFFLOAD, OFFLOAD_CSUM_TSO4_TSO6) < 0) {
                SystemCallException e = new SystemCallException("set TCP offloads on " + name);
                LibC.close(fd);
                throw e;
            }
            // UDP segmentation came with Linux 6.2; without it UDP packets come one by one.
            boolean udp = LibC.ioctl(fd, TUNSETOFFLOAD, OFFLOAD_CSUM_TSO4_TSO6 | OFFLOAD_USO4_USO6) == 0;
            return new TunDevice(name, fd, udp);
        }
    }

    public String name() {
        return name;
    }

    @Override
    public int fd() {
        return fd;
    }

    @Override
    public boolean hasUdpOffload() {
        return hasUdpOffload;
    }

    @Override
    public int read(long frame, int capacity) {
        long length = LibC.read(fd, frame, capacity);
        if (length >= 0) {
            return (int) length;
        }
        int errno = LibC.errno();
        return errno == Errno.EAGAIN || errno == Errno.EINTR ? 0 : -errno;
    }

    /** False when the link is down, or the packet is no good. */
    @Override
    public boolean write(long frame, int length) {
        return LibC.write(fd, frame, length) == length;
    }

    @Override
    public boolean writev(long iovecs, int count) {
        return LibC.writev(fd, iovecs, count) > 0;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
