package skyawg.awgd;

import java.io.IOException;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.sys.ProcessGuard;
import skyawg.protocol.crypto.Aeads;

/** The command {@code awgd}. Exit status: 0 done, 1 it could not be done, 2 wrong usage. */
public final class Awgd {
    private static final int DONE = 0;
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private Awgd() {}

    public static void main(String[] words) {
        System.exit(run(words));
    }

    private static int run(String[] words) {
        if (words.length == 1 && words[0].equals("--version")) {
            System.out.println("awgd " + version());
            return DONE;
        }
        if (words.length == 1 && (words[0].equals("--help") || words[0].equals("-h"))) {
            System.out.print(Arguments.USAGE);
            return DONE;
        }
        Arguments arguments;
        try {
            arguments = Arguments.parse(words);
        } catch (Arguments.UsageException e) {
            System.err.println("awgd: " + e.getMessage());
            System.err.print(Arguments.USAGE);
            return USAGE;
        }
        Report report = new Report(arguments.reportDescriptor());
        try {
            return serve(arguments, report);
        } catch (IOException e) {
            report.failed(String.valueOf(e.getMessage()));
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int serve(Arguments arguments, Report report) throws IOException, InterruptedException {
        RunDirectory directory = RunDirectory.choose(arguments.runDirectory());
        if (!directory.lock()) {
            throw new IOException("a daemon runs in this network namespace already");
        }
        ProcessGuard.engage();
        Daemon daemon = new Daemon(options(), arguments.stays());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(daemon, directory), "shutdown"));
        if (arguments.interfaceName().isPresent()) {
            daemon.add(arguments.interfaceName().get());
        }
        report.ready();
        daemon.awaitEnd();
        return DONE;
    }

    private static void shutDown(Daemon daemon, RunDirectory directory) {
        daemon.close();
        directory.release();
    }

    private static TunnelOptions options() {
        // On one or two cores a thread for both directions costs less a byte and answers faster; with more to spare, two
        // threads carry more of one TCP stream.
        int byCores = Runtime.getRuntime().availableProcessors() < 4 ? 1 : 2;
        int packetThreads = Integer.getInteger("skyawg.packetThreads", byCores);
        boolean offloads = !Boolean.getBoolean("skyawg.noUdpOffloads");
        return new TunnelOptions(packetThreads, offloads, Aeads.best());
    }

    private static String version() {
        String version = Awgd.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : "v" + version;
    }
}
