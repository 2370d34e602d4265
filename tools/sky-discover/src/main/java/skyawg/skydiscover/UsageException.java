package skyawg.skydiscover;

/** The command line is no good: the message says what. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
