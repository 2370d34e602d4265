package skyawg.datapath.sys;

import java.io.IOException;

/** A system call that failed where failing is not part of normal work. The message names the call and the reason. */
public final class SystemCallException extends IOException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    /** Made from the calling thread's errno. */
    public SystemCallException(String what) {
        this(what, LibC.errno());
    }

    public SystemCallException(String what, int errno) {
        super(what + ": " + Errno.text(errno));
        this.errno = errno;
    }

    public int errno() {
        return errno;
    }
}
