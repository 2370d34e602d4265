package skyawg.skyroute;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route ftn}: which packets go by which tunnel. */
final class FtnCommands {
    private static final List<Option> FROM = List.of(
            Option.with("--in", "INTERFACE", "packets that come in by it; this machine's own unless given"),
            Option.with("--client", "KEY", "packets of this peer of an AmneziaWG interface here"),
            Option.with("--dscp", "NUMBER", "packets with this DSCP, 0 to 63; any unless given"));

    private FtnCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "ftn ls",
                        List.of(),
                        List.of(),
                        "Lists which packets go by which tunnel.",
                        "sky-route ftn ls",
                        FtnCommands::list),
                new Command(
                        "ftn add",
                        List.of("TO", "TUNNEL"),
                        FROM,
                        "Lets packets to a prefix go by a tunnel, and nowhere else while it is down.",
                        "sky-route ftn add default web --in awg0",
                        call -> change(call, "ftn.add", true)),
                new Command(
                        "ftn rm",
                        List.of("TO"),
                        FROM,
                        "Lets them go the usual way again.",
                        "sky-route ftn rm default --in awg0",
                        call -> change(call, "ftn.rm", false)));
    }

    private static void list(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("ftn.ls"));
        if (call.isJson()) {
            call.json(answer.members().getOrDefault("rules", List.of()));
            return;
        }
        Table table = new Table("to", "in", "client", "dscp", "tunnel");
        for (Answer rule : answer.list("rules")) {
            table.row(
                    rule.text("to"),
                    rule.cell("in"),
                    rule.cell("client"),
                    rule.cell("dscp"),
                    rule.text("tunnel") + (rule.isTrue("has_tunnel") ? "" : " (missing: dropped)"));
        }
        table.print(call);
    }

    private static void change(Call call, String action, boolean namesTunnel) throws IOException, ControlException {
        Map<String, String> with = new LinkedHashMap<>();
        with.put("to", call.argument(0));
        if (namesTunnel) {
            with.put("tunnel", call.argument(1));
        }
        with.putAll(call.fields(FROM));
        Map<String, Object> done = call.ask(action, with);
        if (call.isJson()) {
            call.json(done);
        }
    }
}
