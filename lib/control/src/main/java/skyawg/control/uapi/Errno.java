package skyawg.control.uapi;

/** The error numbers that are said on the socket, with the C library's words for them. */
public enum Errno {
    OK(0, "Success"),
    EPERM(1, "Operation not permitted"),
    EIO(5, "Input/output error"),
    EACCES(13, "Permission denied"),
    ENODEV(19, "No such device"),
    EINVAL(22, "Invalid argument"),
    EPROTO(71, "Protocol error"),
    EADDRINUSE(98, "Address already in use");

    private final int number;
    private final String text;

    Errno(int number, String text) {
        this.number = number;
        this.text = text;
    }

    /** As in errno.h, positive. */
    public int number() {
        return number;
    }

    public String text() {
        return text;
    }

    /** The C library's words for a number of either sign, {@code Unknown error N} for one that is not listed here. */
    public static String textOf(int number) {
        int positive = Math.abs(number);
        for (Errno errno : values()) {
            if (errno.number == positive) {
                return errno.text;
            }
        }
        return "Unknown error " + positive;
    }
}
