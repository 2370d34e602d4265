package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route ping} and {@code route trace}: who on a tunnel's path answers, and how fast. */
final class ProbeCommands {
    private static final Option PATH =
            Option.with("--path", "N", "which of its paths, as 'rg ls' lists them; 1 unless given");
    private static final Option COUNT = Option.with("--count", "N", "how many times");
    private static final Option INTERVAL =
            Option.with("--interval", "SECONDS", "between two; 1 unless given, 0.2 at least");

    private static final int TRACES = 3;
    /** Seconds: five transits may be asked 15 times a second in all. */
    private static final double TRACE_INTERVAL = 0.35;

    private static final int PINGS = 4;
    private static final int MOST = 100_000;
    private static final double LEAST_INTERVAL = 0.2;
    private static final double LONGEST_INTERVAL = 3600;
    private static final double MICROS_PER_MILLI = 1000;

    private ProbeCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "route trace",
                        List.of("TUNNEL"),
                        List.of(PATH, COUNT),
                        "Shows the hops of a tunnel's path in their order, and how long the answer of each takes.",
                        "sky-route route trace web --path 2",
                        ProbeCommands::trace),
                new Command(
                        "ping",
                        List.of("TUNNEL"),
                        List.of(PATH, COUNT, INTERVAL),
                        "Sends echoes to a tunnel's exit over one of its paths.",
                        "sky-route ping web --count 10",
                        ProbeCommands::ping));
    }

    private static void trace(Call call) throws IOException, ControlException, UsageException, FailureException {
        int count = call.count(COUNT, TRACES, 1, MOST);
        List<Answer> rounds = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pause(i == 0 ? 0 : TRACE_INTERVAL);
            rounds.add(new Answer(call.ask("route.trace", fields(call))));
        }
        Answer first = rounds.getFirst();
        List<Answer> hops = first.list("hops");
        List<Object> shown = new ArrayList<>();
        Table table = new Table("hop", "role", "public-key", "endpoint", "rtt");
        for (int i = 0; i < hops.size(); i++) {
            Answer hop = hops.get(i);
            List<Answer> answers = answers(rounds, i);
            shown.add(json(hop, answers));
            table.row(
                    hop.text("hop"),
                    hop.text("role"),
                    hop.text("public_key"),
                    hop.text("endpoint"),
                    hop.isTrue("asked") ? times(answers) : "(not asked: mode fast)");
        }
        if (call.isJson()) {
            call.json(ordered("path", first.number("path"), "paths", first.number("paths"), "hops", shown));
        } else {
            call.line("tunnel " + call.argument(0) + ", path " + first.number("path") + " of " + first.number("paths"));
            table.print(call);
        }
        Answer exit = hops.getLast();
        if (answers(rounds, hops.size() - 1).stream().noneMatch(answer -> answer.isTrue("answered"))) {
            throw new FailureException("the exit " + exit.text("public_key") + " does not answer over this path");
        }
    }

    /** What each round says of one hop; a path that was replaced meanwhile says nothing. */
    private static List<Answer> answers(List<Answer> rounds, int place) {
        List<Answer> answers = new ArrayList<>();
        Answer hop = rounds.getFirst().list("hops").get(place);
        for (Answer round : rounds) {
            List<Answer> hops = round.list("hops");
            if (place < hops.size() && hops.get(place).text("public_key").equals(hop.text("public_key"))) {
                answers.add(hops.get(place));
            }
        }
        return answers;
    }

    private static Map<String, Object> json(Answer hop, List<Answer> answers) {
        Map<String, Object> shown = new LinkedHashMap<>(hop.members());
        shown.remove("answered");
        shown.put(
                "rtt_us",
                answers.stream()
                        .filter(answer -> answer.isTrue("answered"))
                        .map(answer -> answer.number("rtt_us"))
                        .toList());
        return shown;
    }

    private static String times(List<Answer> answers) {
        List<String> times = new ArrayList<>();
        for (Answer answer : answers) {
            times.add(answer.isTrue("answered") ? millis(answer.number("rtt_us")) : "*");
        }
        return String.join("  ", times);
    }

    private static void ping(Call call) throws IOException, ControlException, UsageException, FailureException {
        int count = call.count(COUNT, PINGS, 1, MOST);
        double interval = call.seconds(INTERVAL, 1, LEAST_INTERVAL, LONGEST_INTERVAL);
        List<Long> times = new ArrayList<>();
        long path = 0;
        String exit = "";
        for (int sequence = 1; sequence <= count; sequence++) {
            long begin = System.nanoTime();
            Answer round = new Answer(call.ask("tunnel.ping", fields(call)));
            Answer end = round.list("hops").getLast();
            if (sequence == 1) {
                path = round.number("path");
                exit = end.text("public_key");
                say(
                        call,
                        "PING " + call.argument(0) + " by path " + path + " of " + round.number("paths") + ": "
                                + end.text("hop") + " hops to " + exit);
            }
            if (end.isTrue("answered")) {
                times.add(end.number("rtt_us"));
                say(
                        call,
                        "answer from " + end.text("public_key") + ": seq=" + sequence + " time="
                                + millis(end.number("rtt_us")));
            } else {
                say(call, "no answer from " + end.text("public_key") + ": seq=" + sequence);
            }
            if (sequence < count) {
                pause(interval - (System.nanoTime() - begin) / 1e9);
            }
        }
        if (call.isJson()) {
            call.json(ordered("path", path, "public_key", exit, "transmitted", (long) count, "rtt_us", times));
        } else {
            summary(call, path, count, times);
        }
        if (times.isEmpty()) {
            throw new FailureException("no answer");
        }
    }

    private static void summary(Call call, long path, int count, List<Long> times) {
        call.line("");
        call.line("--- " + call.argument(0) + ", path " + path + ": statistics ---");
        call.line(count + " packets transmitted, " + times.size() + " received, "
                + Math.round(100.0 * (count - times.size()) / count) + "% packet loss");
        if (!times.isEmpty()) {
            long min = times.stream().mapToLong(Long::longValue).min().orElse(0);
            long max = times.stream().mapToLong(Long::longValue).max().orElse(0);
            double mean = times.stream().mapToLong(Long::longValue).average().orElse(0);
            call.line(String.format(
                    Locale.ROOT,
                    "rtt min/avg/max = %.3f/%.3f/%.3f ms",
                    min / MICROS_PER_MILLI,
                    mean / MICROS_PER_MILLI,
                    max / MICROS_PER_MILLI));
        }
    }

    /** Prints a line at once, so that somebody who waits sees it. */
    private static void say(Call call, String line) {
        if (!call.isJson()) {
            call.line(line);
            call.io().out().flush();
        }
    }

    static void pause(double seconds) {
        if (seconds > 0) {
            try {
                Thread.sleep(Math.round(seconds * 1000));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static Map<String, String> fields(Call call) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("tunnel", call.argument(0));
        call.value(PATH.name()).ifPresent(path -> fields.put("path", path));
        return fields;
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%.3f ms", micros / MICROS_PER_MILLI);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
