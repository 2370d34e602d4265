package skyawg.skydiscover;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import skyawg.control.cli.CommandIo;
import skyawg.control.cli.ExitStatus;
import skyawg.control.cli.JsonWriter;
import skyawg.control.control.RunFolder;
import skyawg.skydiscover.discv5.Enr;

/**
 * The command {@code sky-discover}: reads the command line, puts the parts together, and goes round until it is ended.
 */
public final class SkyDiscover {
    private static final String RUN_FOLDER = "AWGD_RUN_DIR";
    /** Set by systemd for a unit with StateDirectory=. */
    private static final String STATE_FOLDER = "STATE_DIRECTORY";

    private static final Path DEFAULT_STATE = Path.of("/var/lib/skyawg/discover");
    private static final long ROUND_MILLIS = 250;
    private static final long END_SECONDS = 5;

    private final CommandIo io;
    private final CountDownLatch end = new CountDownLatch(1);

    SkyDiscover(CommandIo io) {
        this.io = io;
    }

    public static void main(String[] words) {
        SkyDiscover command = new SkyDiscover(CommandIo.ofProcess());
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> command.endAndWait(ended), "end"));
        int status = command.run(List.of(words));
        command.io.out().flush();
        ended.countDown();
        if (command.end.getCount() > 0) {
            System.exit(status);
        }
    }

    private void endAndWait(CountDownLatch ended) {
        end.countDown();
        try {
            ended.await(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Makes {@link #run} return. Any thread. */
    void end() {
        end.countDown();
    }

    /** Runs one command line. @return the exit status */
    int run(List<String> words) {
        if (words.equals(List.of("--version"))) {
            io.out().line("sky-discover " + version());
            return ExitStatus.OK;
        }
        if (words.equals(List.of("--help")) || words.equals(List.of("-h"))) {
            io.out().print(Arguments.USAGE);
            return ExitStatus.OK;
        }
        try {
            Arguments arguments = Arguments.parse(words);
            List<Enr> boot = BootNodes.read(arguments.boot(), arguments.bootFile());
            if (arguments.isPrintEnr()) {
                printEnr(arguments);
            } else {
                serve(arguments, boot);
            }
            return ExitStatus.OK;
        } catch (UsageException e) {
            io.complain("sky-discover: " + e.getMessage());
            io.complain("see sky-discover --help");
            return ExitStatus.USAGE;
        } catch (FailureException e) {
            io.complain("sky-discover: " + e.getMessage());
            return e.status();
        } catch (IOException e) {
            io.complain("sky-discover: " + e.getMessage());
            return ExitStatus.FAILED;
        }
    }

    private void serve(Arguments arguments, List<Enr> boot) throws FailureException, IOException {
        Path folder = stateFolder(arguments);
        Progress progress = new Progress(io, arguments.isJson());
        SplittableRandom random = new SplittableRandom();
        long now = System.nanoTime();
        try (DiscoveryState state = DiscoveryState.open(folder);
                DaemonSocket daemon = new DaemonSocket(controlSocket(arguments))) {
            if (state == null) {
                throw new FailureException(
                        ExitStatus.FAILED,
                        folder + ": another sky-discover uses it: end that one, or name another folder with --state");
            }
            Sample sample = new Sample(random);
            Publication publication = new Publication(daemon, progress, random, sample::handAllAgain, now);
            try (LocalNode node = new LocalNode(state, arguments.listen(), boot, progress)) {
                List<RecordSource> sources = new ArrayList<>();
                if (arguments.records().isPresent()) {
                    sources.add(recordFile(arguments.records().get(), progress));
                }
                sources.add(new Walk(node::discovery, sample, random, now));
                Feeder feeder = new Feeder(sample, daemon, progress, random, now);
                Rounds rounds = new Rounds(publication, node, sources, sample, feeder, state, progress, now);
                while (!isEnded()) {
                    rounds.go(System.nanoTime(), unixSeconds());
                }
                rounds.keepHouse();
            }
        }
    }

    private boolean isEnded() {
        try {
            return end.await(ROUND_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private static RecordFile recordFile(Path file, Progress progress) throws FailureException {
        try {
            return RecordFile.open(file, progress);
        } catch (IOException e) {
            throw new FailureException(ExitStatus.FAILED, file + ": " + e.getMessage() + ": see --records");
        }
    }

    /** What a running process publishes, or would publish; the daemon is asked only if none runs. */
    private void printEnr(Arguments arguments) throws FailureException, IOException {
        Path folder = stateFolder(arguments);
        Enr enr;
        try (DiscoveryState state = DiscoveryState.open(folder)) {
            enr = state == null ? running(folder) : fresh(state, arguments);
        }
        if (arguments.isJson()) {
            JsonWriter json = new JsonWriter().beginObject().name("output").beginObject();
            json.name("enr").value(enr.text()).name("node_id").value(enr.nodeId());
            json.name("sequence").unsigned(enr.sequence());
            io.out().print(json.endObject().endObject().document());
        } else {
            io.out().line(enr.text());
        }
    }

    private static Enr running(Path folder) throws FailureException {
        String own = DiscoveryState.read(folder).own();
        if (own.isEmpty()) {
            throw new FailureException(
                    ExitStatus.FAILED,
                    "the sky-discover that uses " + folder
                            + " has published nothing yet: try again when the daemon is in" + " a mesh");
        }
        return Enr.parse(own);
    }

    private Enr fresh(DiscoveryState state, Arguments arguments) throws FailureException, IOException {
        try (DaemonSocket daemon = new DaemonSocket(controlSocket(arguments))) {
            Publication publication = new Publication(
                    daemon, new Progress(io, false), new SplittableRandom(), () -> {}, System.nanoTime());
            publication.advance(System.nanoTime());
            if (publication.record().isEmpty()) {
                throw new FailureException(
                        ExitStatus.UNREACHABLE, "no ENR without this node's record: the daemon must run, in a mesh");
            }
            Enr enr = LocalNode.sign(state, publication.publishable(unixSeconds()), arguments.listen());
            state.keepOwn(enr);
            return enr;
        }
    }

    private Path controlSocket(Arguments arguments) throws IOException {
        return RunFolder.choose(arguments.runDirectory(), io.variable(RUN_FOLDER))
                .resolve(RunFolder.CONTROL_SOCKET);
    }

    private Path stateFolder(Arguments arguments) {
        @Nullable String bySystemd = io.variable(STATE_FOLDER);
        Optional<Path> given = Optional.ofNullable(bySystemd)
                .filter(folder -> !folder.isEmpty())
                .map(Path::of);
        return arguments.state().or(() -> given).orElse(DEFAULT_STATE);
    }

    private static long unixSeconds() {
        return System.currentTimeMillis() / 1000;
    }

    private static String version() {
        String version = SkyDiscover.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : "v" + version;
    }
}
