package skyawg.datapath.sys;

import com.sun.jna.Native;

/**
 * The system calls of the data path, as in their manual pages: addresses are {@code long}, a result below zero means
 * that {@link #errno} tells why.
 */
public final class LibC {
    static {
        // Otherwise JNA runs ldconfig to learn where libraries lie; the C library is in the process already.
        if (System.getProperty("jna.platform.library.path") == null) {
            System.setProperty("jna.platform.library.path", "");
        }
        Native.register(LibC.class, "c");
    }

    private LibC() {}

    public static native int open(long path, int flags);

    public static native int close(int fd);

    public static native int ioctl(int fd, long request, long argument);

    public static native int fcntl(int fd, int command, long argument);

    public static native int poll(long fds, long count, int timeoutMillis);

    /** @param timespec how long to wait, 0 (no address) for ever */
    public static native int ppoll(long fds, long count, long timespec, long signalMask);

    public static native long read(int fd, long buffer, long length);

    public static native long write(int fd, long buffer, long length);

    public static native long writev(int fd, long iovecs, int count);

    public static native int eventfd(int initial, int flags);

    public static native int socket(int domain, int type, int protocol);

    public static native int bind(int fd, long address, int length);

    public static native int connect(int fd, long address, int length);

    public static native int getsockname(int fd, long address, long lengthAddress);

    public static native int setsockopt(int fd, int level, int option, long value, int length);

    public static native int getsockopt(int fd, int level, int option, long value, long lengthAddress);

    public static native long recv(int fd, long buffer, long length, int flags);

    public static native long sendto(int fd, long buffer, long length, int flags, long address, int addressLength);

    public static native int recvmmsg(int fd, long messages, int count, int flags, long timeout);

    public static native int sendmmsg(int fd, long messages, int count, int flags);

    public static native int if_nametoindex(String name);

    /** Writes the name with a zero behind it, at most 16 bytes in all; 0 when there is no such interface. */
    public static native long if_indextoname(int index, byte[] name);

    public static native int mlock(long address, long length);

    public static native int prctl(int option, long arg2, long arg3, long arg4, long arg5);

    public static native int geteuid();

    public static native int clock_gettime(int clock, long timespec);

    public static native int sched_setscheduler(int pid, int policy, long parameters);

    /** The error of the calling thread's last call that failed. */
    public static int errno() {
        return Native.getLastError();
    }
}
