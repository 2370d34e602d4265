package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;
import skyawg.protocol.names.IpAddress;

/** {@code sky-route lfib} and {@code route}: labels, paths that could be, and why they are what they are. */
final class RouteCommands {
    private static final List<String> SOUGHT = List.of("--exit", "--hops", "--first-hops", "--avoid", "--diverse");

    private static final Option FROM = Option.with(
            "--from",
            "INTERFACE|KEY",
            "where the packet comes in: an interface or a client; this machine unless given");
    private static final Option DSCP = Option.with("--dscp", "NUMBER", "its DSCP, 0 to 63; 0 unless given");

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
                        List.of("TUNNEL|ADDRESS"),
                        List.of(FROM, DSCP),
                        "Says which way a packet to an address goes and why, or why a tunnel's paths are what they are.",
                        "sky-route route explain 192.0.2.1 --from awg0",
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
                    expiry(entry));
        }
        if (call.isJson()) {
            call.json(rules);
        } else {
            table.print(call);
        }
        noteLeftOut(call, answer);
    }

    private static String expiry(Answer entry) {
        if (entry.text("role").equals("static")) {
            return "never";
        }
        return entry.text("state").equals("pending") ? "-" : Times.span(entry.number("expires_in"));
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

    private static void explain(Call call) throws IOException, ControlException, UsageException {
        Map<String, String> with = new LinkedHashMap<>();
        boolean isAddress = isAddress(call.argument(0));
        with.put(isAddress ? "to" : "tunnel", call.argument(0));
        if (!isAddress && (call.has(FROM.name()) || call.has(DSCP.name()))) {
            throw new UsageException(FROM.name() + " and " + DSCP.name() + " are of a packet: give an address, and '"
                    + call.argument(0) + "' is none");
        }
        with.putAll(call.fields(List.of(FROM, DSCP)));
        Map<String, Object> explained = call.ask("route.explain", with);
        if (call.isJson()) {
            call.json(explained);
        } else {
            new Answer(explained).texts("explanation").forEach(call::line);
        }
    }

    private static boolean isAddress(String text) {
        try {
            IpAddress.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
