package skyawg.awg.check;

/**
 * One thing to say about a file.
 *
 * @param line counted from 1
 * @param key as the file format spells it, a section such as {@code [Peer]}, or {@code ?} for what is not repeated
 * @param rule a stable name: see awg(8)
 * @param message what is wrong, then what to do; lower case; holds no secret and no control character
 */
public record Finding(int line, String key, Level level, String rule, String message) {
    /** How bad it is. */
    public enum Level {
        /** The file is refused, or what it sets up cannot work. */
        ERROR("error"),
        /** It works, but not as well, or not everywhere. */
        WARNING("warning");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        /** As printed. */
        public String word() {
            return word;
        }
    }

    static Finding error(int line, String key, String rule, String message) {
        return new Finding(line, key, Level.ERROR, rule, message);
    }

    static Finding warning(int line, String key, String rule, String message) {
        return new Finding(line, key, Level.WARNING, rule, message);
    }

    public boolean isError() {
        return level == Level.ERROR;
    }
}
