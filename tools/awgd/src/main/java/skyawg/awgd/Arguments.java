package skyawg.awgd;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the command line asks for.
 *
 * @param interfaceName the interface to make; empty for {@code --service}
 * @param stays the daemon outlives its last interface
 * @param foreground stay with the terminal
 * @param runDirectory where the control socket goes, if not in the default place
 * @param reportDescriptor where to say that the interface is there, or why not; below 0 for nowhere. The launcher's,
 *     not for people
 */
record Arguments(
        Optional<String> interfaceName,
        boolean stays,
        boolean foreground,
        Optional<Path> runDirectory,
        int reportDescriptor) {

    static final String USAGE = """
            Usage: awgd [-f|--foreground] [--run-dir DIR] INTERFACE
                   awgd --service [--run-dir DIR]
                   awgd --version | --help

            Makes the tunnel interface INTERFACE, in the daemon that runs in this network
            namespace already or in a new one. Returns when 'awg show INTERFACE' works.

              -f, --foreground  stay until the interface is gone; Ctrl-C removes it
              --service         run without an interface and stay, as a system service
              --run-dir DIR     where the control socket goes (default: $AWGD_RUN_DIR, or
                                /run/awgd/N with N the network namespace's number)

            Example: awgd awg0 && awg setconf awg0 awg0.conf && ip link set awg0 up
            """;

    /** The command line is no good: the message says what. */
    static final class UsageException extends Exception {
        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }

    /** Reads the words after the command's name; {@code --version} and {@code --help} are the caller's. */
    static Arguments parse(String[] words) throws UsageException {
        Optional<String> name = Optional.empty();
        boolean service = false;
        boolean foreground = false;
        Optional<Path> runDirectory = Optional.empty();
        int report = -1;
        for (int i = 0; i < words.length; i++) {
            String word = words[i];
            switch (word) {
                case "-f", "--foreground" -> foreground = true;
                case "--service" -> service = true;
                case "--run-dir" -> runDirectory = Optional.of(Path.of(value(words, ++i, word)));
                case "--report-fd" -> report = descriptor(value(words, ++i, word));
                default -> {
                    if (word.startsWith("-")) {
                        throw new UsageException("unknown option '" + word + "'");
                    }
                    if (name.isPresent()) {
                        throw new UsageException("one interface at a time: '" + word + "' is too many");
                    }
                    name = Optional.of(checkName(word));
                }
            }
        }
        if (service == name.isPresent()) {
            throw new UsageException(service ? "--service takes no interface" : "name an interface");
        }
        return new Arguments(name, service, foreground || service, runDirectory, report);
    }

    private static String value(String[] words, int at, String option) throws UsageException {
        if (at >= words.length) {
            throw new UsageException(option + " needs a value");
        }
        return words[at];
    }

    private static int descriptor(String word) throws UsageException {
        if (word.length() != 1 || !Character.isDigit(word.charAt(0))) {
            throw new UsageException("--report-fd: not a file descriptor: '" + word + "'");
        }
        return word.charAt(0) - '0';
    }

    /** The rule of {@code awg-quick} for interface names. */
    static String checkName(String name) throws UsageException {
        boolean isPlain = !name.isEmpty() && name.length() <= 15 && !name.startsWith(".");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            isPlain &= c < 128 && (Character.isLetterOrDigit(c) || "_=+.-".indexOf(c) >= 0);
        }
        if (!isPlain) {
            throw new UsageException("interface name '" + name + "': 1 to 15 characters from a-z A-Z 0-9 _ = + . -");
        }
        return name;
    }
}
