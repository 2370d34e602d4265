package skyawg.awg;

import java.util.Arrays;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.uapi.UapiClient;

/** Finds the subcommand and runs it. */
public final class Awg {
    private final CommandIo io;
    private final UapiClient daemons;

    Awg(CommandIo io, UapiClient daemons) {
        this.io = io;
        this.daemons = daemons;
    }

    public static void main(String[] args) {
        CommandIo io = CommandIo.ofProcess();
        int status = new Awg(io, new UapiClient()).run(args);
        io.out().flush();
        // Not exit: there are no hooks to run, and the JDK would first look for a logger to tell.
        Runtime.getRuntime().halt(status);
    }

    /** Runs one command line. @return the exit status */
    int run(String[] args) {
        Options options = Options.of(args);
        String[] words = options.words();
        if (words.length == 0) {
            return new ShowCommand(io, daemons, options).run(words);
        }
        String[] rest = Arrays.copyOfRange(words, 1, words.length);
        return switch (words[0]) {
            case "show" -> new ShowCommand(io, daemons, options).run(rest);
            case "showconf" -> new ShowConfCommand(io, daemons, options).run(rest);
            case "set" -> new SetCommand(io, daemons).run(rest);
            case "setconf", "addconf", "syncconf" -> new ConfCommand(io, daemons, words[0]).run(rest);
            case "genkey", "genpsk" -> new GenerateKeyCommand(io, words[0]).run(rest);
            case "pubkey" -> new PublicKeyCommand(io).run(rest);
            case "genconf" -> new GenConfCommand(io, options).run(rest);
            case "check" -> new CheckCommand(io).run(checkArguments(options, rest));
            case "-b" -> new BatchCommand(io, this).run(rest);
            case "-v", "--version", "version" -> Version.print(io, options);
            case "-h", "--help", "help" -> help();
            default -> unknown(words[0]);
        };
    }

    /** {@code awg --json check FILE} is {@code awg check --json FILE}. */
    private static String[] checkArguments(Options options, String[] rest) {
        if (!options.isJson()) {
            return rest;
        }
        String[] words = Arrays.copyOf(rest, rest.length + 1);
        words[rest.length] = "--json";
        return words;
    }

    private int help() {
        io.out().print(Usage.GENERAL);
        return ExitStatus.OK;
    }

    private int unknown(String subcommand) {
        io.complain("Invalid subcommand: `" + subcommand + "'");
        io.complain(Usage.GENERAL.stripTrailing());
        return ExitStatus.FAILED;
    }
}
