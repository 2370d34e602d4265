package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skyawg.control.cli.CommandIo;
import skyawg.control.control.ControlException;

/** One run of a subcommand: its words taken apart, the daemon to ask, the output to write to. */
final class Call {
    private final Command command;
    private final CommandIo io;
    private final Daemon daemon;
    private final boolean isJson;
    private final List<String> arguments = new ArrayList<>();
    private final Map<String, List<String>> options = new LinkedHashMap<>();

    /** @param words behind the subcommand's name */
    Call(Command command, CommandIo io, Daemon daemon, boolean isJson, List<String> words) throws UsageException {
        this.command = command;
        this.io = io;
        this.daemon = daemon;
        this.isJson = isJson;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                arguments.add(word);
                continue;
            }
            Option option = option(word);
            String value = "";
            if (option.takesValue()) {
                i++;
                if (i == words.size()) {
                    throw new UsageException(word + " needs a value: " + word + " " + option.value());
                }
                value = words.get(i);
            }
            List<String> values = options.computeIfAbsent(word, w -> new ArrayList<>());
            if (!values.isEmpty() && !option.isRepeatable()) {
                throw new UsageException(word + " is given twice");
            }
            values.add(value);
        }
        if (arguments.size() < command.leastArguments()) {
            throw new UsageException("needs "
                    + String.join(
                            " ",
                            command.arguments()
                                    .subList(
                                            arguments.size(),
                                            command.arguments().size())));
        }
        if (arguments.size() > command.arguments().size()) {
            throw new UsageException(
                    "'" + arguments.get(command.arguments().size()) + "' is too many: usage: " + command.usage());
        }
    }

    private Option option(String word) throws UsageException {
        for (Option option : command.options()) {
            if (option.name().equals(word)) {
                return option;
            }
        }
        StringBuilder known = new StringBuilder();
        for (Option option : command.options()) {
            known.append(' ').append(option.name());
        }
        throw new UsageException("unknown option '" + word + "'"
                + (known.isEmpty() ? ": it takes none but --json" : ": there are" + known + " --json"));
    }

    CommandIo io() {
        return io;
    }

    boolean isJson() {
        return isJson;
    }

    /** The argument at this place; it must be one that cannot be left out, or be asked for by {@link #has}. */
    String argument(int place) {
        return arguments.get(place);
    }

    boolean hasArgument(int place) {
        return place < arguments.size();
    }

    boolean has(String option) {
        return options.containsKey(option);
    }

    Optional<String> value(String option) {
        return values(option).stream().findFirst();
    }

    List<String> values(String option) {
        return options.getOrDefault(option, List.of());
    }

    /** A whole number that an option gives. @throws UsageException when it is none, or outside of the bounds */
    int count(Option option, int unlessGiven, int least, int most) throws UsageException {
        return (int) number(option, unlessGiven, least, most, true);
    }

    /** Seconds that an option gives, with a point or without. @throws UsageException as {@link #count} */
    double seconds(Option option, double unlessGiven, double least, double most) throws UsageException {
        return number(option, unlessGiven, least, most, false);
    }

    private double number(Option option, double unlessGiven, double least, double most, boolean isWhole)
            throws UsageException {
        String text = value(option.name()).orElse("");
        if (text.isEmpty() && !has(option.name())) {
            return unlessGiven;
        }
        try {
            double number = isWhole ? Integer.parseInt(text) : Double.parseDouble(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        String bounds = isWhole ? Math.round(least) + " to " + Math.round(most) : least + " to " + most + " seconds";
        throw new UsageException(option.name() + ": " + bounds + ", not '" + text + "'");
    }

    /** Options that were given, by the daemon's names of fields: those of the list, and that take a value. */
    Map<String, String> fields(List<Option> known) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (Option option : known) {
            if (option.takesValue()) {
                value(option.name()).ifPresent(value -> fields.put(option.field(), value));
            }
        }
        return fields;
    }

    Map<String, Object> ask(String action) throws IOException, ControlException {
        return daemon.ask(action, Map.of());
    }

    Map<String, Object> ask(String action, Map<String, String> with) throws IOException, ControlException {
        return daemon.ask(action, with);
    }

    /** Prints a line of the result. */
    void line(String text) {
        io.out().line(text);
    }

    /** Prints the result as JSON. */
    void json(Object output) {
        io.out().print(JsonOutput.document(output));
    }
}
