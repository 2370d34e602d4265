package skyawg.awgquick.exec;

/**
 * Ends the verb with a status. The message, unless it is empty, has yet to be shown; an empty one means that whoever
 * failed has said why itself.
 */
public final class FailureException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What a shell answers for a program that is not there. */
    public static final int NOT_FOUND = 127;

    private final int status;

    private FailureException(int status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    /** A failure of our own, status 1. */
    public static FailureException because(String message) {
        return new FailureException(1, message);
    }

    public static FailureException because(int status, String message) {
        return new FailureException(status, message);
    }

    /** A command or hook failed: its status is passed on. */
    public static FailureException passingOn(int status) {
        return new FailureException(status, "");
    }

    public int status() {
        return status;
    }

    public String text() {
        String message = getMessage();
        return message == null ? "" : message;
    }
}
