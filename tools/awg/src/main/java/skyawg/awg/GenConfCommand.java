package skyawg.awg;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.obfuscation.RefusedParametersException;
import skyawg.protocol.obfuscation.RuleViolation;

/** {@code awg genconf}: a gateway's and a client's configuration that fit together, everything drawn afresh. */
final class GenConfCommand {
    static final String USAGE = """
            Usage: awg genconf [--level plain|v1|v2|v3] [--endpoint <host>[:<port>]] [--set <key>=<value>]...
                   [--address <address>/<bits>[,...]] [--allowed-ips <prefix>[,...]] [--dns <server>[,...]]
                   [--path-mtu <bytes>] [--out <directory>|-] [--name <name>] [--json]

            Writes <name>-gateway.conf and <name>-client.conf, mode 0600, with fresh keys and fresh obfuscation.

              --level        how much is hidden, by the oldest peer that understands it: WireGuard, AmneziaWG 1.0, 2.0,
                             3.1; v3 unless given
              --endpoint     where the client finds the gateway; the port is drawn unless given
              --set          an AmneziaWG key settled by hand, for both ends; refused when it breaks a rule.
                             HeaderProtectionKey takes the path of a file that holds the key
              --address      the gateway's address in the tunnel, the client gets the next one; 10.8.0.1/24 and a fresh
                             fdxx:xxxx:xxxx::1/64 unless given; may repeat
              --allowed-ips  what the client sends through the tunnel; everything unless given; may repeat
              --dns          name servers for the client; may repeat
              --path-mtu     MTU of the way between the ends; taken as 1500 unless given
              --out          where the files go, the current directory unless given; - prints both
              --name         1 to 7 characters of A-Za-z0-9_=+.-; sky unless given
              --json         prints what was drawn, without secrets

            Example: awg genconf --level v3 --endpoint vpn.example.org:443 --set Jc=3
            """;

    private final CommandIo io;
    private final Options options;

    GenConfCommand(CommandIo io, Options options) {
        this.io = io;
        this.options = options;
    }

    int run(String[] words) {
        for (String word : words) {
            if (word.equals("--help") || word.equals("-h")) {
                io.out().print(USAGE);
                return ExitStatus.OK;
            }
        }
        try (GenConfRequest request = GenConfRequest.parse(words)) {
            if (request.isToStandardOutput() && options.isJson()) {
                return usage("--json and --out - would mix two outputs: leave one out");
            }
            try (ConfigPair pair = ConfigPair.draw(request, new SystemEntropy())) {
                return write(request, pair);
            }
        } catch (UsageException e) {
            return usage(String.valueOf(e.getMessage()));
        } catch (RefusedParametersException e) {
            for (RuleViolation violation : e.violations()) {
                complain("refused by rule " + violation.rule() + ": " + violation.message());
            }
            return ExitStatus.USAGE;
        }
    }

    private int write(GenConfRequest request, ConfigPair pair) {
        for (RuleViolation warning : pair.warnings()) {
            complain("warning: " + warning.rule() + ": " + warning.message());
        }
        if (request.endpoint().isEmpty()) {
            complain("warning: no --endpoint: the client's file does not say where the gateway is;"
                    + " add Endpoint = HOST:" + pair.port() + " to its [Peer] section");
        }
        if (request.isToStandardOutput()) {
            for (ConfigPair.End end : pair.ends()) {
                io.out().line("# " + request.fileName(end)).print(pair.text(end));
                if (end == ConfigPair.End.GATEWAY) {
                    io.out().print("\n");
                }
            }
            return ExitStatus.OK;
        }
        List<PrivateFile> files = new ArrayList<>();
        Path directory = Path.of(request.directory());
        for (ConfigPair.End end : pair.ends()) {
            files.add(new PrivateFile(directory.resolve(request.fileName(end)), pair.text(end)));
        }
        try {
            PrivateFile.createAll(files);
        } catch (FileAlreadyExistsException e) {
            return fail(
                    e.getFile() + ": is there already and is not overwritten: move it away, or give --name or --out");
        } catch (NoSuchFileException | NotDirectoryException e) {
            return fail(directory + ": no such directory: make it first, or give another --out");
        } catch (IOException e) {
            return fail("cannot write: " + e.getMessage());
        }
        if (options.isJson()) {
            io.out().print(GenConfJson.document(request, pair));
        } else {
            for (PrivateFile file : files) {
                io.out().line(file.path().toString());
            }
        }
        return ExitStatus.OK;
    }

    private int usage(String message) {
        complain(message);
        complain("see awg genconf --help");
        return ExitStatus.USAGE;
    }

    private int fail(String message) {
        complain(message);
        return ExitStatus.FAILED;
    }

    private void complain(String message) {
        io.complain("awg genconf: " + message);
    }
}
