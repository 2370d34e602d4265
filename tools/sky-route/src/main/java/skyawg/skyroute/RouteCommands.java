package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route lfib} and {@code route}: labels, paths that could be, and why they are what they are. */
final class RouteCommands {
    private static final List<String> SOUGHT = List.of("--exit", "--hops", "--first-hops", "--avoid", "--diverse");

    private RouteCommands() {}

    static List<Command> all() {
        List<Option> findOptions = new ArrayList<>();
        for (Option option : TunnelCommands.SETTINGS) {
            if (SOUGHT.contains(option.name())) {
                findOptions.add(option);
            }
        }
        findOptions.add(Option.with("--count", "N", "how many disjoint paths; 1 unless given"));
        return List.of(
                new Command(
                        "lfib",
                        List.of(),
                        List.of(),
                        "Lists the label table: what becomes of a packet, by the neighbour it comes from and its label.",
                        "sky-route lfib",
                        RouteCommands::labels),
                new Command(
                        "route ls",
                        List.of(),
                        List.of(),
                        "Lists the same table as routing rules, in Skywire's words.",
                        "sky-route route ls",
                        RouteCommands::rules),
                new Command(
                        "route find",
                        List.of("[KEY]"),
                        findOptions,
                        "Draws paths to the exit with this key, or to any that offers the service; sets nothing up.",
                        "sky-route route find --exit internet --count 3",
                        call -> find(call, findOptions)),
                new Command(
                        "route explain",
                        List.of("TUNNEL"),
                        List.of(),
                        "Says why a tunnel's paths lead over these nodes, who was rejected, and what went wrong.",
                        "sky-route route explain web",
                        RouteCommands::explain));
    }

    private static void labels(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("lfib.show"));
        if (call.isJson()) {
            call.json(answer.members().getOrDefault("entries", List.of()));
            return;
        }
        Table table = new Table(
                "in-label",
                "operation",
                "out-label",
                "in-neighbour",
                "out-neighbour",
                "role",
                "direction",
                "state",
                "packets",
                "bytes");
        for (Answer entry : answer.list("entries")) {
            table.row(
                    label(entry, "in_label"),
                    entry.text("operation"),
                    label(entry, "out_label"),
                    entry.cell("in_pk"),
                    entry.cell("out_pk"),
                    entry.text("role"),
                    entry.text("direction"),
                    entry.text("state"),
                    entry.text("packets"),
                    entry.text("bytes"));
        }
        table.print(call);
        noteLeftOut(call, answer);
    }

    private static void rules(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("lfib.show"));
        List<Object> rules = new ArrayList<>();
        Table table = new Table("id", "type", "next-route-id", "next-transport-id", "expire-at");
        for (Answer entry : answer.list("entries")) {
            Map<String, Object> rule = new LinkedHashMap<>();
            rule.put("id", entry.number("in_label"));
            rule.put("type", type(entry.text("operation")));
            rule.put("next_route_id", entry.number("out_label"));
            rule.put("next_transport_id", entry.text("out_transport_id"));
            rule.put("expire_in", entry.number("expires_in"));
            rules.add(rule);
            table.row(
                    label(entry, "in_label"),
                    type(entry.text("operation")),
                    label(entry, "out_label"),
                    entry.cell("out_transport_id"),
                    entry.text("state").equals("pending") ? "-" : Times.span(entry.number("expires_in")));
        }
        if (call.isJson()) {
            call.json(rules);
        } else {
            table.print(call);
        }
        noteLeftOut(call, answer);
    }

    private static void noteLeftOut(Call call, Answer answer) {
        long left = answer.number("lsps_left_out");
        if (left > 0) {
            call.io().complain("sky-route: " + left + " more paths are not shown");
        }
    }

    private static String label(Answer entry, String name) {
        return entry.number(name) == 0 ? "-" : entry.text(name);
    }

    private static String type(String operation) {
        return switch (operation) {
            case "push" -> "Forward";
            case "pop" -> "Consume";
            case "swap" -> "IntermediaryForward";
            default -> operation;
        };
    }

    private static void find(Call call, List<Option> options) throws IOException, ControlException, FailureException {
        Map<String, String> with = new LinkedHashMap<>(call.fields(options));
        if (call.hasArgument(0)) {
            with.put("exits", call.argument(0));
        }
        Map<String, Object> found = call.ask("route.find", with);
        Answer answer = new Answer(found);
        boolean isFound = found.get("paths") instanceof List<?> paths && !paths.isEmpty();
        if (call.isJson()) {
            call.json(found);
        } else if (found.get("paths") instanceof List<?> paths) {
            for (Object path : paths) {
                call.line(String.join(" -> ", new Answer(Map.of("hops", path)).texts("hops")));
            }
        }
        if (!isFound) {
            answer.texts("explanation").forEach(line -> call.io().complain("sky-route route find: " + line));
            throw new FailureException("no path keeps to what was asked for");
        }
    }

    private static void explain(Call call) throws IOException, ControlException {
        Map<String, Object> explained = call.ask("route.explain", Map.of("tunnel", call.argument(0)));
        if (call.isJson()) {
            call.json(explained);
        } else {
            new Answer(explained).texts("explanation").forEach(call::line);
        }
    }
}
