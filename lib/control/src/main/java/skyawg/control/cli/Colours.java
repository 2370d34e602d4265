package skyawg.control.cli;

import org.jspecify.annotations.Nullable;

/** The escapes of coloured output, all empty when there is to be no colour. */
public final class Colours {
    public static final Colours NONE = new Colours("", "", "", "", "", "");
    public static final Colours ANSI =
            new Colours("\033[0m", "\033[1m", "\033[31m", "\033[32m", "\033[33m", "\033[36m");

    private final String reset;
    private final String bold;
    private final String red;
    private final String green;
    private final String yellow;
    private final String cyan;

    private Colours(String reset, String bold, String red, String green, String yellow, String cyan) {
        this.reset = reset;
        this.bold = bold;
        this.red = red;
        this.green = green;
        this.yellow = yellow;
        this.cyan = cyan;
    }

    /**
     * {@code WG_COLOR_MODE=always} or {@code never} decides; else colour goes to a terminal, unless {@code NO_COLOR} is
     * set and not empty or the terminal is dumb.
     */
    public static Colours of(CommandIo io) {
        String mode = io.variable("WG_COLOR_MODE");
        if ("always".equals(mode)) {
            return ANSI;
        }
        if ("never".equals(mode) || !io.isTerminal()) {
            return NONE;
        }
        String refused = io.variable("NO_COLOR");
        boolean isRefused = (refused != null && !refused.isEmpty()) || isDumb(io.variable("TERM"));
        return isRefused ? NONE : ANSI;
    }

    private static boolean isDumb(@Nullable String terminal) {
        return "dumb".equals(terminal);
    }

    public String reset() {
        return reset;
    }

    public String bold() {
        return bold;
    }

    public String red() {
        return red;
    }

    public String green() {
        return green;
    }

    public String yellow() {
        return yellow;
    }

    public String cyan() {
        return cyan;
    }
}
