package skyawg.sim;

import java.io.PrintStream;
import java.util.Locale;

/** The command line: see {@code tests/sim/run}. */
public final class Sim {
    private static final String USAGE = """
            usage: tests/sim/run [--nodes N] [--churn PERCENT] [--hours H] [--seed N] [--trials N] [--lookup SECONDS]
                                 [--again SECONDS] [--stale SECONDS] [--loss PERMILLE] [--exits PERCENT]
                                 [--spread MILLISECONDS]

            Runs a mesh of N nodes on a virtual clock, a twentieth of them ingresses, and prints a report in Markdown.
            Progress goes to standard error.
            """;
    private static final int STEP_SECONDS = 10;
    private static final long PROGRESS_NANOS = 5_000_000_000L;

    private Sim() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println("sim: " + e.getMessage());
            System.err.print(USAGE);
            System.exit(2);
            return;
        }
        run(settings, System.out, System.err);
    }

    private static Settings parse(String[] arguments) {
        int nodes = 1_000;
        double churn = 20;
        double hours = 1;
        long seed = 1;
        int trials = -1;
        double lookup = -1;
        int again = -1;
        int stale = -1;
        double loss = -1;
        int exits = -1;
        int spread = -1;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(arguments[i] + " needs a value");
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--nodes" -> nodes = Integer.parseInt(value);
                case "--churn" -> churn = Double.parseDouble(value);
                case "--hours" -> hours = Double.parseDouble(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--trials" -> trials = Integer.parseInt(value);
                case "--lookup" -> lookup = Double.parseDouble(value);
                case "--again" -> again = Integer.parseInt(value);
                case "--stale" -> stale = Integer.parseInt(value);
                case "--loss" -> loss = Double.parseDouble(value);
                case "--spread" -> spread = Integer.parseInt(value);
                case "--exits" -> exits = Integer.parseInt(value);
                default -> throw new IllegalArgumentException("there is no option " + arguments[i]);
            }
        }
        Settings usual = Settings.of(nodes, churn, (int) Math.round(hours * 3_600), seed);
        return new Settings(
                usual.nodes(),
                usual.ingresses(),
                exits < 0 ? usual.exitPercent() : exits,
                usual.churnPercent(),
                usual.seconds(),
                trials < 0 ? usual.trials() : trials,
                loss < 0 ? usual.lossPerMille() : loss,
                spread < 0 ? usual.spreadMillis() : spread,
                lookup < 0 ? usual.lookupSeconds() : lookup,
                again < 0 ? usual.againSeconds() : again,
                stale < 0 ? usual.staleSeconds() : stale,
                seed);
    }

    private static void run(Settings settings, PrintStream out, PrintStream progress) {
        long begun = System.nanoTime();
        Simulation world = new Simulation(settings);
        long told = System.nanoTime();
        for (int second = STEP_SECONDS; second <= settings.seconds(); second += STEP_SECONDS) {
            world.runUntil(second);
            if (System.nanoTime() - told >= PROGRESS_NANOS) {
                told = System.nanoTime();
                tell(world, second, told - begun, progress);
            }
        }
        long wallNanos = System.nanoTime() - begun;
        String report = ReportText.of(world);
        out.print(report);
        System.gc();
        long heap = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        out.printf(
                Locale.ROOT,
                "%nThis took %.0f s, %,d events; %d kB of heap for each node. Digest of the report: %s%n",
                wallNanos / 1e9,
                world.timeline().done(),
                heap / 1_000 / settings.nodes(),
                ReportText.digest(report));
    }

    private static void tell(Simulation world, int second, long wallNanos, PrintStream progress) {
        long up = world.ingresses().stream().filter(Ingress::isUp).count();
        progress.printf(
                Locale.ROOT,
                "%5d s of %d after %4.0f s, %,d events; %d of %d tunnels up, first try %.2f %% of %,d%n",
                second,
                world.settings().seconds(),
                wallNanos / 1e9,
                world.timeline().done(),
                up,
                world.ingresses().size(),
                100 * world.figures().firstTry(),
                world.figures().setups());
    }
}
