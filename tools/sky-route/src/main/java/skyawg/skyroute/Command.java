package skyawg.skyroute;

import java.io.IOException;
import java.util.List;
import skyawg.control.control.ControlException;

/**
 * A subcommand.
 *
 * @param words its name, one or two words: {@code tunnel add}
 * @param arguments names of what stands behind it; one in brackets may be left out
 * @param summary what it does, in a line
 * @param example a whole command line
 */
record Command(String words, List<String> arguments, List<Option> options, String summary, String example, Body body) {
    /** What it does. */
    @FunctionalInterface
    interface Body {
        void run(Call call) throws IOException, ControlException, FailureException, UsageException;
    }

    String usage() {
        StringBuilder text = new StringBuilder("sky-route ").append(words);
        for (String argument : arguments) {
            text.append(' ').append(argument);
        }
        for (Option option : options) {
            text.append(' ').append(option.usage());
        }
        return text.append(" [--json]").toString();
    }

    String help() {
        StringBuilder text = new StringBuilder("Usage: ")
                .append(usage())
                .append("\n\n")
                .append(summary)
                .append('\n');
        if (!options.isEmpty()) {
            text.append('\n');
        }
        int width = 0;
        for (Option option : options) {
            width = Math.max(width, option.name().length() + option.value().length() + 1);
        }
        for (Option option : options) {
            String left = option.name() + " " + option.value();
            text.append("  ").append(left).append(" ".repeat(width - left.length() + 2));
            text.append(option.explanation()).append('\n');
        }
        return text.append("\nExample: ").append(example).append('\n').toString();
    }

    long leastArguments() {
        return arguments.stream().filter(argument -> !argument.startsWith("[")).count();
    }
}
