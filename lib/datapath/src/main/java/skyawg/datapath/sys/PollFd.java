package skyawg.datapath.sys;

import skyawg.protocol.wire.Memory;

/** {@code struct pollfd} (poll(2)): fd(4) events(2) revents(2). A negative descriptor is passed over by the kernel. */
public final class PollFd {
    public static final int SIZE = 8;
    public static final int POLLIN = 1;
    public static final int POLLERR = 8;
    public static final int POLLHUP = 0x10;
    public static final int POLLNVAL = 0x20;

    private PollFd() {}

    public static void set(long entry, int fd, int events) {
        Memory.putIntLe(entry, fd);
        Memory.putShortLe(entry + 4, events);
        Memory.putShortLe(entry + 6, 0);
    }

    public static int returned(long entry) {
        return Memory.getShortLe(entry + 6);
    }
}
