package skyawg.awgquick;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import skyawg.awgquick.conf.ConfigFile;
import skyawg.awgquick.conf.HookTrust;
import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.conf.QuickConfigReader;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Programs;
import skyawg.awgquick.exec.Stop;
import skyawg.awgquick.record.UndoRecord;
import skyawg.control.uapi.UapiClient;

/**
 * {@code awg-quick [ up | down | save | strip ] [ CONFIG_FILE | INTERFACE ]}: picks the verb and maps failures to
 * statuses.
 *
 * <p>0 done, 1 refused or failed, and the status of a hook or command that failed. The launcher has seen to it that we
 * are root.
 */
public final class AwgQuick {
    private static final String DAEMON_VARIABLE = "WG_QUICK_USERSPACE_IMPLEMENTATION";
    private static final String DEFAULT_DAEMON = "awgd";

    private AwgQuick() {}

    public static void main(String[] arguments) {
        int status = run(arguments);
        System.out.flush();
        if (status != Stop.STOPPED) {
            // Not exit: its logging costs a tenth of the start. No shutdown hook has anything left to do.
            Runtime.getRuntime().halt(status);
        }
    }

    private static int run(String[] arguments) {
        if (arguments.length == 1) {
            switch (arguments[0]) {
                case "help", "-h", "--help" -> {
                    System.err.print(Usage.TEXT);
                    return 0;
                }
                case "--version" -> {
                    System.out.println("awg-quick " + version());
                    return 0;
                }
                default -> {}
            }
        }
        if (arguments.length != 2 || !isVerb(arguments[0])) {
            System.err.print(Usage.TEXT);
            return 1;
        }
        Stop stop = Stop.onSignals();
        try {
            perform(arguments[0], arguments[1], stop);
            return 0;
        } catch (FailureException e) {
            if (!e.text().isEmpty()) {
                System.err.println("awg-quick: " + e.text());
            }
            return e.status();
        } finally {
            stop.finish();
        }
    }

    private static boolean isVerb(String word) {
        return switch (word) {
            case "up", "down", "save", "strip" -> true;
            default -> false;
        };
    }

    private static void perform(String verb, String argument, Stop stop) throws FailureException {
        ConfigFile file = ConfigFile.find(argument);
        if (file.isWorldAccessible()) {
            System.err.println("Warning: `" + file.path() + "' is world accessible");
        }
        try (QuickConfig config = QuickConfigReader.read(file.read())) {
            if (verb.equals("strip")) {
                Strip.run(config, new FileOutputStream(FileDescriptor.out));
                return;
            }
            if (!verb.equals("save") && !config.hooks().isEmpty()) {
                HookTrust.check(file);
            }
            Commands commands = new Commands(System.err, new Programs(System.getenv("PATH")), stop);
            Surroundings around = new Surroundings(
                    file,
                    config,
                    new UapiTunnel(file.interfaceName(), new UapiClient(), commands::say),
                    commands,
                    daemon(),
                    UndoRecord.FOLDER);
            switch (verb) {
                case "up" -> new Up(around).run();
                case "down" -> new Down(around).run();
                default -> new Save(around).run();
            }
        }
    }

    private static String daemon() {
        String named = System.getenv(DAEMON_VARIABLE);
        return named == null || named.isEmpty() ? DEFAULT_DAEMON : named;
    }

    private static String version() {
        String version = AwgQuick.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
