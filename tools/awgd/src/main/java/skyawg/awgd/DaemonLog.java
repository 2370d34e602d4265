package skyawg.awgd;

import java.text.MessageFormat;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/**
 * The daemon's log: lines on stderr, where a service manager keeps them, in the reference's form: {@code ERROR:
 * 2026/01/31 12:00:00 text}. How much is the environment's {@code LOG_LEVEL}: {@code silent}, {@code error} (the
 * default), {@code verbose} or {@code debug}. Only what is ours is logged: the JDK logs its own inner life through the
 * same door.
 */
public final class DaemonLog extends System.LoggerFinder {
    private static final System.Logger.Level THRESHOLD = threshold(System.getenv("LOG_LEVEL"));

    private static final String OURS = "skyawg.";

    private static System.Logger.Level threshold(@Nullable String level) {
        return switch (level == null ? "" : level) {
            case "verbose", "debug" -> System.Logger.Level.DEBUG;
            case "silent" -> System.Logger.Level.OFF;
            default -> System.Logger.Level.WARNING;
        };
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new StderrLogger(name);
    }

    private record StderrLogger(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return name.startsWith(OURS) && level != Level.OFF && level.getSeverity() >= THRESHOLD.getSeverity();
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                print(level, thrown == null ? message : message + ": " + thrown);
            }
        }

        /** The interface's own methods pass no array at all where there is nothing to format. */
        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... params) {
            if (isLoggable(level)) {
                boolean isPlain = params == null || params.length == 0 || format == null;
                print(level, isPlain ? format : MessageFormat.format(format, params));
            }
        }

        private static void print(Level level, @Nullable String text) {
            String word = level.getSeverity() >= Level.WARNING.getSeverity() ? "ERROR: " : "DEBUG: ";
            String time = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm:ss ")
                    .format(LocalDateTime.now(ZoneId.systemDefault()));
            System.err.println(word + time + text);
        }
    }
}
