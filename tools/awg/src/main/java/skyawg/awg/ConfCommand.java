package skyawg.awg;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.config.ConfigException;
import skyawg.control.config.ConfigReader;
import skyawg.control.config.ParsedConfig;
import skyawg.control.config.SystemResolver;
import skyawg.control.uapi.UapiClient;
import skyawg.control.uapi.UapiException;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** {@code awg setconf IF FILE}, {@code addconf} and {@code syncconf}. */
final class ConfCommand {
    private final CommandIo io;
    private final UapiClient daemons;
    private final String subcommand;

    ConfCommand(CommandIo io, UapiClient daemons, String subcommand) {
        this.io = io;
        this.daemons = daemons;
        this.subcommand = subcommand;
    }

    int run(String[] words) {
        if (words.length != 2) {
            io.complain("Usage: awg " + subcommand + " <interface> <configuration filename>");
            return ExitStatus.FAILED;
        }
        try (ParsedConfig config = read(words[1])) {
            return apply(words[0], config);
        } catch (ConfigException e) {
            if (!e.text().isEmpty()) {
                io.complain(e.text());
            }
            if (e.epilogue() != ConfigException.Epilogue.NONE) {
                io.complain(e.epilogue().text());
            }
        } catch (IOException e) {
            io.complain("fopen: " + KeyFile.reason(e));
        }
        return ExitStatus.FAILED;
    }

    private int apply(String name, ParsedConfig config) {
        if (subcommand.equals("addconf")) {
            return Modification.apply(io, daemons, name, config, config.update());
        }
        if (subcommand.equals("setconf")) {
            return Modification.apply(io, daemons, name, config, config.replacing());
        }
        InterfaceSnapshot now;
        try {
            now = daemons.get(name);
        } catch (UapiException e) {
            io.complain("Unable to retrieve current interface configuration: " + e.text());
            return ExitStatus.FAILED;
        }
        return Modification.apply(io, daemons, name, config, config.synchronizing(now));
    }

    private ParsedConfig read(String path) throws IOException, ConfigException {
        SystemResolver resolver = new SystemResolver(io.environment(), io.complaints());
        try (InputStream file = path.equals("-") ? io.in() : new FileInputStream(path)) {
            return ConfigReader.read(new InputStreamReader(file, StandardCharsets.UTF_8), resolver, io.complaints());
        }
    }
}
