package skyawg.control.config;

/**
 * A configuration that cannot be read: the file, or an argument of {@code awg set}, is to be corrected. The message is
 * what the reference prints, empty where it prints nothing; a secret's text is never in it.
 */
public final class ConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What follows the message on a line of its own. */
    public enum Epilogue {
        NONE(""),
        PARSING("Configuration parsing error"),
        INVALID("Invalid configuration");

        private final String text;

        Epilogue(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    private final Epilogue epilogue;

    public ConfigException(Epilogue epilogue, String message) {
        super(message);
        this.epilogue = epilogue;
    }

    /** An error that ends with the usual second line. */
    static ConfigException parsing(String message) {
        return new ConfigException(Epilogue.PARSING, message);
    }

    public Epilogue epilogue() {
        return epilogue;
    }

    /** The message, never null. */
    public String text() {
        return String.valueOf(getMessage());
    }
}
