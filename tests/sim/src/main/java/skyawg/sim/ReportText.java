package skyawg.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a simulation has shown, as Markdown. The same settings give the same text, byte for byte. */
final class ReportText {
    private static final int DIGEST_LENGTH = 8;
    private static final double[] OWNED = {0.05, 0.10, 0.20};

    private final Simulation world;
    private final Settings settings;
    private final Figures figures;
    private final StringBuilder text = new StringBuilder();

    private ReportText(Simulation world) {
        this.world = world;
        this.settings = world.settings();
        this.figures = world.figures();
    }

    static String of(Simulation world) {
        ReportText report = new ReportText(world);
        report.write();
        return report.text.toString();
    }

    /** Of a report. */
    static String digest(String report) {
        byte[] bytes = report.getBytes(StandardCharsets.UTF_8);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash, 0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void write() {
        line("### " + count(settings.nodes()) + " nodes, " + plain(settings.churnPercent()) + " % churn an hour, seed "
                + settings.seed());
        line("");
        line(String.format(
                Locale.ROOT,
                "%,d ingresses with a tunnel each; %d %% of the other nodes are exits; %s s of virtual time; %d nodes went and"
                        + " as many came, trials of failover beside it. A datagram takes 2 to %d ms and 1 in %s is lost.",
                settings.ingresses(),
                settings.exitPercent(),
                settings.seconds(),
                figures.churnedNodes(),
                2 + (int) (settings.spreadMillis() * Math.sqrt(2)) + 1,
                plain(1_000 / settings.lossPerMille())));
        line("");
        line("| figure | value |");
        line("| --- | --- |");
        setups();
        failover();
        load();
        owners();
        line("");
        failures();
    }

    private void setups() {
        row("set-ups that came up at first try", percent(figures.firstTry()) + " of " + count(figures.setups()));
        StringBuilder periods = new StringBuilder();
        for (int[] period : figures.periods()) {
            periods.append(periods.isEmpty() ? "" : ", ")
                    .append(percent(period[1] == 0 ? 0 : (double) period[0] / period[1]));
        }
        row("the same in each ten minutes", periods.toString());
        row(
                "the same of ingresses whose paths trials break as well",
                percent(figures.firstTryInTrials()) + " of " + count(figures.setupsInTrials()));
        row(
                "of those that failed, led over a node that was gone",
                percent(part(figures.failedOverDead(), figures.failed())));
        long up = world.ingresses().stream().filter(Ingress::isUp).count();
        row("tunnels up at the end", up + " of " + world.ingresses().size());
        row(
                "time until a tunnel was up, p50 / p99 / longest",
                seconds(figures.upAfter()) + " (" + count(figures.upAfter().size()) + " times)");
        row("times that a tunnel lost its last path", count(figures.downs()));
        row("paths found of those wanted", percent(part(figures.foundPaths(), figures.wantedPaths())));
        row("paths with another number of hops than asked", count(figures.otherLengths()));
        row(
                "users' packets that came by another number of links than 3",
                count(figures.userPacketsByOtherWays()) + " of " + count(figures.userPackets()));
        row(
                "a path left after one of its nodes died, p50 / p99 / longest",
                seconds(figures.leftDead()) + " (" + count(figures.leftDead().size()) + " times)");
    }

    private void failover() {
        Trials trials = world.trials();
        row(
                "round trip of paths in trials, p50 / p99",
                String.format(
                        Locale.ROOT,
                        "%.0f / %.0f ms",
                        trials.roundTrips().quantile(0.5),
                        trials.roundTrips().quantile(0.99)));
        for (Trials.Kind kind : Trials.Kind.values()) {
            Samples gaps = trials.gaps(kind);
            String name = kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
            row(
                    "gap, " + name + ", p50 / p90 / p99 / longest",
                    String.format(
                            Locale.ROOT,
                            "%.0f / %.0f / %.0f / %.0f ms (%d trials)",
                            gaps.quantile(0.5),
                            gaps.quantile(0.9),
                            gaps.quantile(0.99),
                            gaps.quantile(1),
                            gaps.size()));
        }
        row(
                "trials in which the tunnel was lost; that could not begin",
                trials.tunnelsLost() + "; " + trials.notBegun());
    }

    private void load() {
        long now = world.timeline().nowNanos();
        world.relays().forEach(relay -> figures.gone(relay, now));
        Samples ingresses = new Samples();
        for (Ingress ingress : world.ingresses()) {
            if (!ingress.isForTrials()) {
                double age = (now - ingress.node().bornNanos()) / 1e9;
                ingresses.add(ingress.node().traffic().controlBytes() / age);
            }
        }
        row("control sent by an ingress whose tunnel carries nothing, p50 / p99 / most", bytes(ingresses));
        row(
                "control sent by other nodes, mean",
                String.format(Locale.ROOT, "%.0f B/s", figures.relayControl().mean()));
        row("control sent by other nodes, p50 / p99 / most", bytes(figures.relayControl()));
        row(
                "other nodes below 2 kB/s of control",
                percent(figures.relayControl().shareUpTo(2_000)));
        Samples paths = figures.relayPaths();
        row(
                "paths that a node is in, an hour: mean, p50 / p99 / most",
                String.format(
                        Locale.ROOT,
                        "%.1f, %.0f / %.0f / %.0f",
                        paths.mean(),
                        paths.quantile(0.5),
                        paths.quantile(0.99),
                        paths.quantile(1)));
        row("users' packets carried", count(figures.userPackets()) + ", " + count(figures.userBytes() / 1_000) + " kB");
    }

    private void owners() {
        for (double part : OWNED) {
            Owners.Chance chance = Owners.chance(figures.chosen(), part, settings.seed() + 7);
            row(
                    String.format(Locale.ROOT, "one owner of %.0f %% has first hop and exit", 100 * part),
                    String.format(
                            Locale.ROOT,
                            "%.2f %% of paths; %.1f %% of tunnels at some time",
                            100 * chance.ofPaths(),
                            100 * chance.ofTunnels()));
        }
    }

    private void failures() {
        line("How set-ups failed:");
        line("");
        list(figures.failures());
        line("");
        line("How paths ended that had been up, but for rotation:");
        line("");
        list(figures.lost());
    }

    private void list(Map<String, Integer> counts) {
        List<Map.Entry<String, Integer>> most = counts.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(12)
                .toList();
        most.forEach(entry -> line("- " + count(entry.getValue()) + ": " + entry.getKey()));
    }

    private static double part(long of, long all) {
        return all == 0 ? 0 : (double) of / all;
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", 100 * share);
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String plain(double number) {
        return String.format(Locale.ROOT, "%.0f", number);
    }

    private static String seconds(Samples samples) {
        return String.format(
                Locale.ROOT,
                "%.2f / %.2f / %.2f s",
                samples.quantile(0.5),
                samples.quantile(0.99),
                samples.quantile(1));
    }

    private static String bytes(Samples samples) {
        return String.format(
                Locale.ROOT,
                "%.0f / %.0f / %.0f B/s",
                samples.quantile(0.5),
                samples.quantile(0.99),
                samples.quantile(1));
    }

    private void row(String name, String value) {
        line("| " + name + " | " + value + " |");
    }

    private void line(String whole) {
        text.append(whole).append('\n');
    }
}
