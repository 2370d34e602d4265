package skyawg.skyroute;

/** A command line that cannot be meant: what is wrong with which word, and what to write instead. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
