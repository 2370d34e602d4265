package skyawg.control.uapi;

import org.jspecify.annotations.Nullable;

/**
 * A request or a reply that is not as it must be, or a request that the other end refused. The message is the reason in
 * words, where there is one; it never holds a secret's text.
 */
public final class UapiException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int number;

    public UapiException(Errno errno, @Nullable String reason) {
        this(errno.number(), reason);
    }

    /** @param number the error number as in errno.h, positive */
    public UapiException(int number, @Nullable String reason) {
        super(reason);
        this.number = number;
    }

    /** The error number, positive. */
    public int number() {
        return number;
    }

    /** What a person reads: the C library's words for the number, then the reason in brackets if there is one. */
    public String text() {
        String reason = getMessage();
        return reason == null ? Errno.textOf(number) : Errno.textOf(number) + " (" + reason + ")";
    }
}
