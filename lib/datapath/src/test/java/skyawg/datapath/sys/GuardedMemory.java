package skyawg.datapath.sys;

import com.sun.jna.Native;

/**
 * Memory between two pages that may not be touched: a read or a write outside of it ends the process, so that a test
 * which ends has proved that there was none.
 *
 * <pre>
 *   | no access | length bytes, a multiple of pages | no access |
 * </pre>
 */
public final class GuardedMemory {
    private static final int PAGE = 4096;
    private static final int PROT_NONE = 0;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_PRIVATE_ANONYMOUS = 0x22;

    static {
        Native.register(GuardedMemory.class, "c");
    }

    private final long mapping;
    private final long length;

    public GuardedMemory(int lengthBytes) {
        length = ((long) lengthBytes + PAGE - 1) & -PAGE;
        mapping = mmap(0, length + 2L * PAGE, PROT_NONE, MAP_PRIVATE_ANONYMOUS, -1, 0);
        if (mapping == -1 || mprotect(mapping + PAGE, length, PROT_READ_WRITE) != 0) {
            throw new IllegalStateException("no guarded memory: errno " + Native.getLastError());
        }
    }

    private static native long mmap(long address, long length, int protection, int flags, int fd, long offset);

    private static native int mprotect(long address, long length, int protection);

    private static native int munmap(long address, long length);

    /** The first byte that may be touched. */
    public long begin() {
        return mapping + PAGE;
    }

    /** The first byte behind. */
    public long end() {
        return mapping + PAGE + length;
    }

    public void free() {
        munmap(mapping, length + 2L * PAGE);
    }
}
