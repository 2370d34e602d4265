package skyawg.skyroute;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.JsonWriter;
import skyawg.control.control.ControlClient;
import skyawg.control.control.ControlException;
import skyawg.control.control.RunFolder;

/** The command {@code sky-route}: finds the subcommand and runs it. */
public final class SkyRoute {
    private static final String RUN_FOLDER = "AWGD_RUN_DIR";

    private final CommandIo io;
    private final Optional<Daemon> canned;

    /** @param canned answers instead of the daemon */
    SkyRoute(CommandIo io, Optional<Daemon> canned) {
        this.io = io;
        this.canned = canned;
    }

    public static void main(String[] args) {
        CommandIo io = CommandIo.ofProcess();
        int status = new SkyRoute(io, Optional.empty()).run(List.of(args));
        io.out().flush();
        // Not exit: there are no hooks to run, and the JDK would first look for a logger to tell.
        Runtime.getRuntime().halt(status);
    }

    static List<Command> commands() {
        List<Command> all = new ArrayList<>();
        all.addAll(MeshCommands.all());
        all.addAll(RecordCommands.all());
        all.addAll(TunnelCommands.all());
        all.addAll(FtnCommands.all());
        all.addAll(VisorCommands.all());
        all.addAll(LinkCommands.all());
        all.addAll(RouteCommands.all());
        all.addAll(LabelRuleCommands.all());
        all.addAll(ProbeCommands.all());
        all.addAll(BenchCommand.all());
        all.addAll(TopCommand.all());
        all.addAll(ConfigCommands.all());
        return all;
    }

    /** Runs one command line. @return the exit status */
    int run(List<String> args) {
        List<String> words = new ArrayList<>(args);
        boolean isJson = words.removeIf(word -> word.equals("--json"));
        Optional<String> socket = Optional.empty();
        int at = words.indexOf("--socket");
        if (at >= 0) {
            if (at + 1 == words.size()) {
                return usage("sky-route", "--socket needs a value: --socket PATH");
            }
            socket = Optional.of(words.get(at + 1));
            words.subList(at, at + 2).clear();
        }
        if (words.isEmpty()) {
            return usage("sky-route", "name a subcommand");
        }
        return switch (words.getFirst()) {
            case "-h", "--help", "help" -> {
                io.out().print(help());
                yield ExitStatus.OK;
            }
            case "--version", "version" -> version(isJson);
            default -> find(words, isJson, socket);
        };
    }

    private int find(List<String> words, boolean isJson, Optional<String> socket) {
        for (Command command : commands()) {
            List<String> name = List.of(command.words().split(" "));
            if (words.size() >= name.size() && words.subList(0, name.size()).equals(name)) {
                return run(command, words.subList(name.size(), words.size()), isJson, socket);
            }
        }
        List<String> verbs = commands().stream()
                .map(Command::words)
                .filter(known -> known.startsWith(words.getFirst() + " "))
                .toList();
        return usage(
                "sky-route",
                verbs.isEmpty()
                        ? "unknown subcommand '" + words.getFirst() + "'"
                        : "'" + String.join(" ", words.subList(0, Math.min(2, words.size())))
                                + "' is no subcommand: there are " + String.join(", ", verbs));
    }

    private int run(Command command, List<String> words, boolean isJson, Optional<String> socket) {
        String name = "sky-route " + command.words();
        if (words.contains("--help") || words.contains("-h")) {
            io.out().print(command.help());
            return ExitStatus.OK;
        }
        try {
            Call call = new Call(command, io, daemon(socket), isJson, words);
            command.body().run(call);
            return ExitStatus.OK;
        } catch (UsageException e) {
            return usage(name, String.valueOf(e.getMessage()));
        } catch (FailureException e) {
            io.complain(name + ": " + e.getMessage());
            return ExitStatus.FAILED;
        } catch (ControlException e) {
            io.complain(name + ": " + e.getMessage() + (e.hint().isEmpty() ? "" : ": " + e.hint()));
            return ExitStatus.FAILED;
        } catch (IOException e) {
            io.complain(name + ": " + e.getMessage());
            return ExitStatus.UNREACHABLE;
        }
    }

    private Daemon daemon(Optional<String> socket) {
        return canned.orElse((action, with) -> {
            Path path = socket.isPresent()
                    ? Path.of(socket.get())
                    : RunFolder.choose(Optional.empty(), io.variable(RUN_FOLDER))
                            .resolve(RunFolder.CONTROL_SOCKET);
            try (ControlClient client = connect(path)) {
                return client.ask(action, with);
            }
        });
    }

    private static ControlClient connect(Path path) throws IOException {
        try {
            return ControlClient.connect(path);
        } catch (IOException e) {
            throw new IOException(
                    "no daemon answers at " + path + " (" + e.getMessage()
                            + "): start it with 'systemctl start awgd' or 'awgd --service'",
                    e);
        }
    }

    private int usage(String name, String message) {
        io.complain(name + ": " + message);
        io.complain("see " + name + " --help");
        return ExitStatus.USAGE;
    }

    private static String help() {
        StringBuilder text = new StringBuilder("Usage: sky-route SUBCOMMAND [ARGUMENTS] [--json] [--socket PATH]\n\n");
        int width = 0;
        for (Command command : commands()) {
            width = Math.max(width, command.words().length());
        }
        for (Command command : commands()) {
            text.append("  ")
                    .append(command.words())
                    .append(" ".repeat(width - command.words().length() + 2));
            text.append(command.summary()).append('\n');
        }
        return text.append("\nEach takes --help. --json wraps the result as {\"output\": ...}.\n")
                .append("--socket PATH is the daemon's control socket, if not in the default place.\n")
                .toString();
    }

    private int version(boolean isJson) {
        String version = SkyRoute.class.getPackage().getImplementationVersion();
        String number = version == null ? "(not packaged)" : version;
        if (isJson) {
            JsonWriter json = new JsonWriter().beginObject();
            json.name("name").value("skyawg").name("version").value(number);
            io.out().print(json.endObject().document());
        } else {
            io.out().line("sky-route v" + number);
        }
        return ExitStatus.OK;
    }
}
