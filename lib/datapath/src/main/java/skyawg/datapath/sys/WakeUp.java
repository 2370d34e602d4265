package skyawg.datapath.sys;

import java.io.IOException;
import java.lang.foreign.Arena;
import skyawg.protocol.wire.Memory;

/** An eventfd(2) that ends another thread's poll. {@link #signal} may be called by any thread. */
public final class WakeUp implements AutoCloseable {
    private static final int EFD_CLOEXEC = 0x80000;
    private static final int EFD_NONBLOCK = 0x800;

    private final int fd;
    private final long one;
    private final long drained;

    public WakeUp(Arena arena) throws IOException {
        fd = LibC.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
        if (fd < 0) {
            throw new SystemCallException("eventfd");
        }
        one = Memory.allocate(arena, 8);
        drained = Memory.allocate(arena, 8);
        Memory.putLongLe(one, 1);
    }

    public int fd() {
        return fd;
    }

    public void signal() {
        // Fails only when 2^64 - 2 signals are pending: then the sleeper wakes anyway.
        LibC.write(fd, one, 8);
    }

    /** Takes all pending signals; for the thread that polls. */
    public void drain() {
        LibC.read(fd, drained, 8);
    }

    @Override
    public void close() {
        LibC.close(fd);
    }
}
