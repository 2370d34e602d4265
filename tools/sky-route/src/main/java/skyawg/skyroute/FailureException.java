package skyawg.skyroute;

/** What was asked for could not be done: why, and what to do about it. */
final class FailureException extends Exception {
    private static final long serialVersionUID = 1L;

    FailureException(String message) {
        super(message);
    }
}
