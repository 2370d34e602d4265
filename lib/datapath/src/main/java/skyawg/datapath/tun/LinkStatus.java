package skyawg.datapath.tun;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.datapath.sys.CString;
import skyawg.datapath.sys.LibC;
import skyawg.datapath.sys.SockAddr;
import skyawg.datapath.sys.SystemCallException;
import skyawg.protocol.wire.Memory;

/** Asks the kernel about a network interface by name (netdevice(7)). One thread. */
public final class LinkStatus implements LinkView {
    private static final int NAME_LIMIT = 16;
    private static final int IFREQ_LENGTH = 40;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final long SIOCGIFFLAGS = 0x8913;
    private static final long SIOCGIFMTU = 0x8921;
    private static final long SIOCSIFMTU = 0x8922;
    private static final int IFF_UP = 1;

    private final String name;
    private final int fd;
    private final long request;

    public LinkStatus(Arena arena, String name) throws IOException {
        this.name = name;
        fd = LibC.socket(SockAddr.AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            throw new SystemCallException("socket");
        }
        request = Memory.allocate(arena, IFREQ_LENGTH);
    }

    @Override
    public boolean exists() {
        return ask(SIOCGIFFLAGS);
    }

    @Override
    public boolean isUp() {
        return ask(SIOCGIFFLAGS) && (Memory.getShortLe(request + NAME_LIMIT) & IFF_UP) != 0;
    }

    @Override
    public int mtu() {
        return ask(SIOCGIFMTU) ? Memory.getIntLe(request + NAME_LIMIT) : 0;
    }

    public void setMtu(int mtu) throws IOException {
        CString.put(request, name);
        Memory.putIntLe(request + NAME_LIMIT, mtu);
        if (LibC.ioctl(fd, SIOCSIFMTU, request) < 0) {
            throw new SystemCallException("set MTU of " + name + " to " + mtu);
        }
    }

    private boolean ask(long what) {
        Memory.fill(request, IFREQ_LENGTH, 0);
        CString.put(request, name);
        return LibC.ioctl(fd, what, request) == 0;
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
