package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/**
 * {@code sky-route bench}: round trips, loss and set-up time of each path of a tunnel. Not throughput: no exit sends
 * back what it is sent, or it would serve to flood others.
 */
final class BenchCommand {
    private static final Option TIMES = Option.with("--times", "N", "echoes over each path; 20 unless given");
    private static final Option SECS = Option.with("--secs", "SECONDS", "echoes for so long instead");

    private static final int TIMES_UNLESS_GIVEN = 20;
    private static final int MOST_TIMES = 100_000;
    private static final double LEAST_SECONDS = 1;
    private static final double MOST_SECONDS = 3600;
    private static final long PROGRESS_NANOS = 2_000_000_000L;
    private static final double GONE_PAUSE = 0.1;
    private static final double NANOS_PER_SECOND = 1e9;

    private final Call call;
    /** As long as they are asked; by tunnel and nodes, as paths are replaced now and then. */
    private final Map<List<String>, PathFigures> figures = new LinkedHashMap<>();

    private final long beginNanos = System.nanoTime();
    private long saidNanos = beginNanos;
    private int sent;

    private BenchCommand(Call call) {
        this.call = call;
    }

    static List<Command> all() {
        return List.of(new Command(
                "bench",
                List.of("[TUNNEL]"),
                List.of(TIMES, SECS),
                "Measures round trips and loss on each path of a tunnel, or of all, by echoes; not throughput.",
                "sky-route bench web --times 100",
                call -> new BenchCommand(call).run()));
    }

    private void run() throws IOException, ControlException, UsageException, FailureException {
        if (call.has(TIMES.name()) && call.has(SECS.name())) {
            throw new UsageException("--times or --secs, not both");
        }
        int times = call.count(TIMES, TIMES_UNLESS_GIVEN, 1, MOST_TIMES);
        double seconds = call.seconds(SECS, 0, LEAST_SECONDS, MOST_SECONDS);
        List<Answer> groups = groups();
        int paths = groups.stream().mapToInt(group -> group.list("legs").size()).sum();
        for (int round = 0; seconds > 0 ? elapsedSeconds() < seconds : round < times; round++) {
            for (Answer group : groups) {
                for (int number = 1; number <= group.list("legs").size(); number++) {
                    ask(group, number);
                    say(seconds > 0 ? "for " + Math.round(seconds) + " s" : "of " + paths * times);
                }
            }
            if (paths == 0) {
                break;
            }
        }
        show(groups);
        for (Answer group : groups) {
            String tunnel = group.text("tunnel");
            boolean hasAnswer =
                    figures.values().stream().anyMatch(path -> path.tunnel().equals(tunnel) && path.answers() > 0);
            if (!hasAnswer) {
                throw new FailureException("no answer through tunnel " + tunnel + ", which is " + group.text("state")
                        + ": 'sky-route route explain " + tunnel + "' says why");
            }
        }
    }

    private List<Answer> groups() throws IOException, ControlException, FailureException {
        List<Answer> all = new Answer(call.ask("rg.ls")).list("route_groups");
        if (!call.hasArgument(0)) {
            if (all.isEmpty()) {
                throw new FailureException("there is no tunnel: 'sky-route tunnel add' makes one");
            }
            return all;
        }
        List<Answer> wanted = all.stream()
                .filter(group -> group.text("tunnel").equals(call.argument(0)))
                .toList();
        if (wanted.isEmpty()) {
            throw new FailureException(
                    "no tunnel '" + call.argument(0) + "': 'sky-route tunnel ls' lists those that are");
        }
        return wanted;
    }

    private double elapsedSeconds() {
        return (System.nanoTime() - beginNanos) / NANOS_PER_SECOND;
    }

    private void ask(Answer group, int number) throws IOException, ControlException {
        String tunnel = group.text("tunnel");
        sent++;
        Answer round;
        try {
            round = new Answer(call.ask("tunnel.ping", Map.of("tunnel", tunnel, "path", Integer.toString(number))));
        } catch (ControlException e) {
            if (!e.code().equals(ControlException.FAILED)) {
                throw e;
            }
            ProbeCommands.pause(GONE_PAUSE); // the path has gone since, and another may be on its way
            return;
        }
        List<Answer> hops = round.list("hops");
        List<String> key = new ArrayList<>(List.of(tunnel));
        hops.forEach(hop -> key.add(hop.text("public_key")));
        figures.computeIfAbsent(key, _ -> PathFigures.of(group, number, key.subList(1, key.size())))
                .take(hops.getLast());
    }

    /** To whoever waits. */
    private void say(String goal) {
        if (System.nanoTime() - saidNanos >= PROGRESS_NANOS) {
            saidNanos = System.nanoTime();
            call.io()
                    .complain("sky-route bench: " + sent + " echoes " + goal + ", " + Math.round(elapsedSeconds())
                            + " s");
        }
    }

    private void show(List<Answer> groups) {
        if (call.isJson()) {
            List<Object> tunnels = new ArrayList<>();
            for (Answer group : groups) {
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("tunnel", group.text("tunnel"));
                shown.put("exit", group.text("exit"));
                shown.put("state", group.text("state"));
                shown.put(
                        "paths",
                        figures.values().stream()
                                .filter(path -> path.tunnel().equals(group.text("tunnel")))
                                .map(PathFigures::json)
                                .toList());
                tunnels.add(shown);
            }
            call.json(tunnels);
            return;
        }
        Table table =
                new Table("tunnel", "path", "role", "hops", "sent", "lost", "rtt-min", "rtt-p50", "rtt-p99", "set-up");
        figures.values().forEach(path -> table.row(path.cells()));
        table.print(call);
    }
}
