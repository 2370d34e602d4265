package skyawg.datapath.tun;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.datapath.sys.CString;
import skyawg.datapath.sys.Errno;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.SystemCallException;
import skyawg.protocol.wire.Memory;

/** {@code /dev/net/tun}, which makes TUN (IP) and TAP (Ethernet) interfaces (linux/Documentation/networking/tuntap). */
public final class CloneDevice {
    public static final int IFF_TUN = 0x0001;
    public static final int IFF_TAP = 0x0002;
    /** Frames come bare, with no packet information before them. */
    public static final int IFF_NO_PI = 0x1000;

    public static final int IFF_VNET_HDR = 0x4000;

    private static final String PATH = "/dev/net/tun";
    private static final int NAME_LIMIT = 16;
    private static final int IFREQ_LENGTH = 40;

    private static final int O_RDWR = 2;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    private static final long TUNSETIFF = 0x400454caL;

    private CloneDevice() {}

    /**
     * Makes the interface {@code name} in the process's network namespace. It lives until the descriptor is closed,
     * wherever it is moved meanwhile.
     *
     * @param flags {@code IFF_*}
     * @return the descriptor of its frames, not blocking
     */
    public static int attach(String name, int flags) throws IOException {
        if (name.isEmpty() || name.length() >= NAME_LIMIT) {
            throw new IOException("interface name '" + name + "': 1 to 15 characters");
        }
        try (Arena arena = Arena.ofConfined()) {
            long path = Memory.allocate(arena, 32);
            CString.put(path, PATH);
            int fd = LibC.open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
            if (fd < 0) {
                throw new SystemCallException("open " + PATH);
            }
            long request = Memory.allocate(arena, IFREQ_LENGTH);
            CString.put(request, name);
            Memory.putShortLe(request + NAME_LIMIT, flags);
            if (LibC.ioctl(fd, TUNSETIFF, request) < 0) {
                String kind = (flags & IFF_TAP) != 0 ? "TAP" : "TUN";
                SystemCallException e = new SystemCallException("create " + kind + " interface " + name);
                LibC.close(fd);
                throw e;
            }
            return fd;
        }
    }

    /** Reads one frame. @return its length, 0 when there is none, or an errno below zero when the interface is gone */
    public static int read(int fd, long frame, int capacity) {
        long length = LibC.read(fd, frame, capacity);
        if (length >= 0) {
            return (int) length;
        }
        int errno = LibC.errno();
        return errno == Errno.EAGAIN || errno == Errno.EINTR ? 0 : -errno;
    }
}
