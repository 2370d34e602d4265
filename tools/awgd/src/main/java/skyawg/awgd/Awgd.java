package skyawg.awgd;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import skyawg.awgd.mesh.MeshActions;
import skyawg.awgd.mesh.MeshService;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.control.ControlServer;
import skyawg.control.uapi.UapiDirectory;
import skyawg.datapath.forward.PacketLoops;
import skyawg.datapath.forward.TimestampStore;
import skyawg.datapath.forward.Tunnel;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.datapath.sys.ProcessGuard;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.noise.WallClock;

/** The command {@code awgd}. Exit status: 0 done, 1 it could not be done, 2 wrong usage. */
public final class Awgd {
    /** How long to wait for a daemon that starts or ends at the same time. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration RETRY = Duration.ofMillis(20);

    private static final Path CONFIG_FOLDER = Path.of("/etc/skyawg");
    private static final String CONFIG_ENVIRONMENT = "AWGD_CONFIG_DIR";

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

    /** Becomes the daemon of this network namespace, or asks the one that is. */
    private static int serve(Arguments arguments, Report report) throws IOException, InterruptedException {
        RunDirectory directory = RunDirectory.choose(arguments.runDirectory());
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            if (directory.lock()) {
                return becomeDaemon(arguments, report, directory);
            }
            if (arguments.interfaceName().isEmpty()) {
                throw new IOException("a daemon runs in this network namespace already");
            }
            try {
                return ask(new RunningDaemon(directory.controlSocket()), arguments, report);
            } catch (IOException e) {
                // It is about to start or to end: one of the two doors will open.
                if (System.nanoTime() > deadline) {
                    throw new IOException("the daemon of this network namespace does not answer: " + e.getMessage(), e);
                }
                Thread.sleep(RETRY);
            }
        }
    }

    private static int ask(RunningDaemon running, Arguments arguments, Report report) throws IOException {
        String name = arguments.interfaceName().orElseThrow();
        try {
            running.add(name);
            report.ready();
            if (arguments.foreground()) {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> removeQuietly(running, name), "remove"));
                running.awaitRemoval(name);
            }
            return DONE;
        } catch (ControlException e) {
            if (e.code().equals(ControlException.ENDING)) {
                throw new IOException(e.getMessage(), e);
            }
            report.failed(e.getMessage() + (e.hint().isEmpty() ? "" : ": " + e.hint()));
            return FAILED;
        }
    }

    private static void removeQuietly(RunningDaemon running, String name) {
        try {
            running.remove(name);
        } catch (IOException | ControlException e) {
            // Gone already: that is why we end.
        }
    }

    private static int becomeDaemon(Arguments arguments, Report report, RunDirectory directory)
            throws IOException, InterruptedException {
        FutureTask<Aeads> cipher = chooseCipher();
        ProcessGuard.engage();
        UapiDirectory sockets = UapiDirectory.open();
        TunnelOptions options = options(Aeads.bestWhenNeeded(), TimestampFiles.choose());
        DirectIngress direct = new DirectIngress();
        Daemon.TunnelMaker maker = (name, whenGone) -> Tunnel.create(name, options, whenGone);
        MeshService mesh =
                new MeshService(configFolder().resolve("mesh.conf"), options, direct, TimestampFiles.stateFolder());
        Daemon daemon = new Daemon(sockets, maker, () -> arguments.stays() || mesh.isJoined());
        daemon.setRoutesListener(mesh::routesChanged);
        daemon.setDirectIngress(direct);
        List<ControlAction> actions = new ArrayList<>(ControlActions.of(daemon));
        actions.addAll(MeshActions.of(mesh, daemon::endIfIdle));
        ControlServer control = new ControlServer(directory.controlSocket(), version(), actions);
        daemon.setListener(new InterfaceEvents(control));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(daemon, mesh, control, directory), "shutdown"));
        mesh.start();
        if (arguments.interfaceName().isPresent()) {
            daemon.add(arguments.interfaceName().get());
        }
        await(cipher);
        report.ready();
        ReadyNotice.send();
        directory.removeAbandoned();
        daemon.awaitEnd();
        return DONE;
    }

    /** Where settings of our own are: where the environment says, else {@code /etc/skyawg}. */
    private static Path configFolder() {
        String value = System.getenv(CONFIG_ENVIRONMENT);
        return value == null || value.isEmpty() ? CONFIG_FOLDER : Path.of(value);
    }

    private static void shutDown(Daemon daemon, MeshService mesh, ControlServer control, RunDirectory directory) {
        mesh.close();
        daemon.close();
        control.close();
        directory.release();
    }

    /** Tells the control socket's subscribers. */
    private record InterfaceEvents(ControlServer control) implements Daemon.Listener {
        @Override
        public void added(String name) {
            publish("interface.added", name);
        }

        @Override
        public void removed(String name) {
            publish("interface.removed", name);
        }

        private void publish(String event, String name) {
            control.publish(event, System.currentTimeMillis() / 1000.0, Map.of("name", name));
        }
    }

    /**
     * Beside what else there is to do at a start: binding a library's functions takes a cold JVM 100 ms, those of the
     * first key as long again.
     */
    private static FutureTask<Aeads> chooseCipher() {
        FutureTask<Aeads> choice = new FutureTask<>(Aeads::best);
        Thread.ofPlatform().name("cipher").daemon().start(() -> {
            choice.run();
            DhKey.generate(new SystemEntropy()).close();
        });
        return choice;
    }

    /** @throws IOException when there is none */
    private static void await(FutureTask<Aeads> choice) throws IOException, InterruptedException {
        try {
            choice.get();
        } catch (ExecutionException e) {
            throw new IOException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        }
    }

    static TunnelOptions options(Aeads cipher, TimestampStore timestamps) {
        // On few cores one thread for both directions costs less a byte and answers faster;
        // with cores to spare two threads carry more of one TCP stream.
        int byCores = Runtime.getRuntime().availableProcessors() < 4 ? 1 : 2;
        int packetThreads = Integer.getInteger("skyawg.packetThreads", byCores);
        boolean offloads = !Boolean.getBoolean("skyawg.noUdpOffloads");
        boolean goFirst = !Boolean.getBoolean("skyawg.ordinaryThreads");
        PacketLoops threads = packetThreads == 1 ? PacketLoops.together(goFirst) : PacketLoops.apart(goFirst);
        // For tests of clocks that jump.
        long clockOffset =
                Duration.ofSeconds(Long.getLong("skyawg.clockOffsetSeconds", 0)).toNanos();
        WallClock clock = () -> Tunnel.unixNanos() + clockOffset;
        return new TunnelOptions(threads, offloads, cipher, clock, timestamps);
    }

    private static String version() {
        String version = Awgd.class.getPackage().getImplementationVersion();
        return version == null ? "(unpackaged)" : "v" + version;
    }
}
