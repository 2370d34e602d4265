package skyawg.protocol.tunnel;

/** An update that an interface did not apply: nothing has changed. The message says why, in words for a person. */
public final class TunnelRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Which error number the UAPI socket answers with. */
    public enum Reason {
        INVALID(22),
        ADDRESS_IN_USE(98),
        INPUT_OUTPUT(5);

        private final int errno;

        Reason(int errno) {
            this.errno = errno;
        }

        /** Positive, as in errno.h. */
        public int errno() {
            return errno;
        }
    }

    private final Reason reason;

    public TunnelRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
