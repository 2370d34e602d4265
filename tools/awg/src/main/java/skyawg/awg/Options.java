package skyawg.awg;

import java.util.ArrayList;
import java.util.List;
import skyawg.control.cli.Colours;
import skyawg.control.cli.CommandIo;

/**
 * The options that stand before or behind the words of a command that prints what people read; to others they are words
 * like any.
 */
final class Options {
    private final String[] words;
    private final boolean isJson;
    private final boolean isColourless;

    private Options(String[] words, boolean isJson, boolean isColourless) {
        this.words = words;
        this.isJson = isJson;
        this.isColourless = isColourless;
    }

    static Options of(String[] args) {
        List<String> words = new ArrayList<>();
        boolean isJson = false;
        boolean isColourless = false;
        boolean reads = true;
        for (String arg : args) {
            if (reads && arg.equals("--json")) {
                isJson = true;
            } else if (reads && arg.equals("--no-color")) {
                isColourless = true;
            } else {
                words.add(arg);
                if (words.size() == 1) {
                    reads = isReading(arg);
                }
            }
        }
        return new Options(words.toArray(new String[0]), isJson, isColourless);
    }

    /** What is neither {@code --json} nor {@code --no-color}. */
    String[] words() {
        return words;
    }

    boolean isJson() {
        return isJson;
    }

    Colours colours(CommandIo io) {
        return isColourless ? Colours.NONE : Colours.of(io);
    }

    private static boolean isReading(String subcommand) {
        return switch (subcommand) {
            case "show", "showconf", "genconf", "version", "-v", "--version" -> true;
            default -> false;
        };
    }
}
