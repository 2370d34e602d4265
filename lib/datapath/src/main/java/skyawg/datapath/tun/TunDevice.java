package skyawg.datapath.tun;

import java.io.IOException;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.SystemCallException;

/**
 * A TUN interface (linux/Documentation/networking/tuntap), not blocking, with virtio headers and, where the kernel has
 * them, TCP and UDP segmentation offloads. It disappears when closed.
 */
public final class TunDevice implements FramePort {
    private static final long TUNSETOFFLOAD = 0x400454d0L;
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
        int fd = CloneDevice.attach(name, CloneDevice.IFF_TUN | CloneDevice.IFF_NO_PI | CloneDevice.IFF_VNET_HDR);
        if (LibC.ioctl(fd, TUNSETOFFLOAD, OFFLOAD_CSUM_TSO4_TSO6) < 0) {
            SystemCallException e = new SystemCallException("set TCP offloads on " + name);
            LibC.close(fd);
            throw e;
        }
        // UDP segmentation came with Linux 6.2; without it UDP packets come one by one.
        boolean udp = LibC.ioctl(fd, TUNSETOFFLOAD, OFFLOAD_CSUM_TSO4_TSO6 | OFFLOAD_USO4_USO6) == 0;
        return new TunDevice(name, fd, udp);
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
        return CloneDevice.read(fd, frame, capacity);
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
