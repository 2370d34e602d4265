package skyawg.control.uapi;

/** A request or a reply that is not as it must be. The message never holds a secret's text. */
public final class UapiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Errno errno;

    public UapiException(Errno errno, String message) {
        super(message);
        this.errno = errno;
    }

    public Errno errno() {
        return errno;
    }
}
