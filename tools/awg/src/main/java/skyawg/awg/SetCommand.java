package skyawg.awg;

import java.util.Arrays;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ParsedConfig;
import skyawg.control.config.SystemResolver;
import skyawg.control.uapi.UapiClient;

/** {@code awg set IF [option value]... [peer KEY [option value]...]...}. */
final class SetCommand {
    private final CommandIo io;
    private final UapiClient daemons;

    SetCommand(CommandIo io, UapiClient daemons) {
        this.io = io;
        this.daemons = daemons;
    }

    int run(String[] words) {
        if (words.length < 2) {
            io.complain(Usage.set());
            return ExitStatus.FAILED;
        }
        SystemResolver resolver = new SystemResolver(io.environment(), io.complaints());
        String[] options = Arrays.copyOfRange(words, 1, words.length);
        try (ParsedConfig change = new SetArguments(options, resolver, io.complaints()).read()) {
            return Modification.apply(io, daemons, words[0], change, change.update());
        } catch (ConfigException e) {
            if (!e.text().isEmpty()) {
                io.complain(e.text());
            }
            return ExitStatus.FAILED;
        }
    }
}
