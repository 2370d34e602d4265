package skyawg.datapath.sys;

import java.lang.foreign.Arena;
import java.nio.charset.StandardCharsets;
import skyawg.protocol.wire.Memory;

/** Sends one datagram to a Unix socket (unix(7)), which the JDK can't: {@code sockaddr_un} is family(2) path(108). */
public final class UnixDatagram {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int PATH_OFFSET = 2;
    private static final int PATH_LIMIT = 107;

    private UnixDatagram() {}

    /** A path that begins with {@code @} is in the abstract namespace. Returns false when it could not be sent. */
    public static boolean send(Arena arena, String path, long data, int length) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length == 0 || name.length > PATH_LIMIT) {
            return false;
        }
        long address = Memory.allocate(arena, PATH_OFFSET + PATH_LIMIT + 1L);
        Memory.putShortLe(address, AF_UNIX);
        Memory.copy(name, 0, address + PATH_OFFSET, name.length);
        if (name[0] == '@') {
            Memory.putByte(address + PATH_OFFSET, 0);
        }
        int fd = LibC.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (fd < 0) {
            return false;
        }
        boolean isSent = LibC.sendto(fd, data, length, 0, address, PATH_OFFSET + name.length) == length;
        LibC.close(fd);
        return isSent;
    }
}
