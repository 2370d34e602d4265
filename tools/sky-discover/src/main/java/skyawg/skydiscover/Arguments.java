package skyawg.skydiscover;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skyawg.protocol.names.Endpoint;

/**
 * What the command line asks for.
 *
 * @param boot ENRs as they were given
 * @param listen one address, or one of each family
 */
record Arguments(
        List<String> boot,
        Optional<Path> bootFile,
        Optional<Path> records,
        List<InetSocketAddress> listen,
        Optional<Path> state,
        Optional<Path> runDirectory,
        boolean isPrintEnr,
        boolean isJson) {

    static final String USAGE = """
            Usage: sky-discover --listen ADDR:PORT [--boot ENR[,ENR...]] [--boot-file FILE]
                                [--records FILE] [--state DIR] [--run-dir DIR] [--json]
                   sky-discover --print-enr --listen ADDR:PORT [--state DIR] [--run-dir DIR] [--json]
                   sky-discover --version | --help

            Publishes this node's record by Discovery v5, finds those of other nodes, and
            hands them to the daemon. Runs until it is ended.

              --listen ADDR:PORT  where discovery listens, UDP; twice for IPv4 and IPv6,
                                  at two ports
              --boot ENR,...      nodes to begin with; none: others begin with this one
              --boot-file FILE    the same, one a line, '#' for comments
              --records FILE      records to offer too, one 'sky1:...' a line
              --state DIR         what survives a restart (default: $STATE_DIRECTORY, or
                                  /var/lib/skyawg/discover)
              --run-dir DIR       where the daemon's control socket is (default:
                                  $AWGD_RUN_DIR, or /run/awgd/N with N the network
                                  namespace's number)
              --print-enr         print this node's ENR, for the --boot of others, and end
              --json              one JSON object a line, on standard output

            Example: sky-discover --listen 0.0.0.0:9300 --boot-file /etc/skyawg/boot.enr
            """;

    Arguments {
        boot = List.copyOf(boot);
        listen = List.copyOf(listen);
    }

    /** Reads the words after the command's name; {@code --version} and {@code --help} are the caller's. */
    static Arguments parse(List<String> words) throws UsageException {
        List<String> boot = new ArrayList<>();
        Optional<Path> bootFile = Optional.empty();
        Optional<Path> records = Optional.empty();
        List<InetSocketAddress> listen = new ArrayList<>();
        Optional<Path> state = Optional.empty();
        Optional<Path> runDirectory = Optional.empty();
        boolean isPrintEnr = false;
        boolean isJson = false;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            switch (word) {
                case "--boot" -> boot.addAll(List.of(value(words, ++i, "ENR").split(",")));
                case "--boot-file" -> bootFile = Optional.of(Path.of(value(words, ++i, "FILE")));
                case "--records" -> records = Optional.of(Path.of(value(words, ++i, "FILE")));
                case "--listen" -> listen.add(address(value(words, ++i, "ADDR:PORT")));
                case "--state" -> state = Optional.of(Path.of(value(words, ++i, "DIR")));
                case "--run-dir" -> runDirectory = Optional.of(Path.of(value(words, ++i, "DIR")));
                case "--print-enr" -> isPrintEnr = true;
                case "--json" -> isJson = true;
                default ->
                    throw new UsageException(
                            word.startsWith("-") ? "unknown option '" + word + "'" : "unexpected word '" + word + "'");
            }
        }
        checkListen(listen);
        return new Arguments(boot, bootFile, records, listen, state, runDirectory, isPrintEnr, isJson);
    }

    private static String value(List<String> words, int at, String what) throws UsageException {
        if (at >= words.size()) {
            throw new UsageException(words.getLast() + " needs a value: " + words.getLast() + " " + what);
        }
        return words.get(at);
    }

    private static InetSocketAddress address(String text) throws UsageException {
        try {
            Endpoint endpoint = Endpoint.parse(text);
            if (endpoint.port() == 0) {
                throw new IllegalArgumentException("port 0: others must know the port");
            }
            return new InetSocketAddress(
                    InetAddress.getByAddress(endpoint.address().toBytes()), endpoint.port());
        } catch (IllegalArgumentException | UnknownHostException e) {
            throw new UsageException(
                    "--listen '" + text + "': " + e.getMessage() + ": write 0.0.0.0:9300, or [::]:9301");
        }
    }

    private static void checkListen(List<InetSocketAddress> listen) throws UsageException {
        if (listen.isEmpty()) {
            throw new UsageException("where to listen is missing: --listen ADDR:PORT, as in --listen 0.0.0.0:9300");
        }
        boolean isPair = listen.size() == 2
                && listen.getFirst().getAddress().getClass()
                        != listen.getLast().getAddress().getClass();
        if (listen.size() > 1 && !isPair) {
            throw new UsageException("--listen: one address, or one of IPv4 and one of IPv6");
        }
        if (isPair && listen.getFirst().getPort() == listen.getLast().getPort()) {
            throw new UsageException("--listen: IPv4 and IPv6 need two ports: one socket would take the other's");
        }
    }
}
