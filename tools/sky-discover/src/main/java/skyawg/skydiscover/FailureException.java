package skyawg.skydiscover;

/** The tool cannot do its work: the message says what is wrong, where, and what to do about it. */
final class FailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status the process's */
    FailureException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
