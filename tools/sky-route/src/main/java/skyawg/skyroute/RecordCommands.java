package skyawg.skyroute;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route record}: what nodes say of themselves. */
final class RecordCommands {
    private RecordCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "record show",
                        List.of("[KEY]"),
                        List.of(),
                        "Shows the nodes that are known, or one of them.",
                        "sky-route record show",
                        RecordCommands::show),
                new Command(
                        "record import",
                        List.of("FILE"),
                        List.of(),
                        "Takes records, one a line, into mesh.conf: all of them, or none. '-' is standard input.",
                        "sky-route record import nodes.rec",
                        RecordCommands::importFile),
                new Command(
                        "record export",
                        List.of("[KEY]"),
                        List.of(),
                        "Prints this node's record, or another's, as others import it.",
                        "sky-route record export > exit.rec",
                        RecordCommands::export));
    }

    private static Map<String, String> key(Call call) {
        return call.hasArgument(0) ? Map.of("key", call.argument(0)) : Map.of();
    }

    private static void show(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("record.show", key(call)));
        if (call.isJson()) {
            call.json(answer.members().getOrDefault("records", List.of()));
            return;
        }
        if (call.hasArgument(0)) {
            answer.list("records").forEach(node -> one(call, node));
            return;
        }
        Table table = new Table("public-key", "offers", "address", "source", "standing", "state", "good-setups", "rtt");
        for (Answer node : answer.list("records")) {
            table.row(
                    node.text("public_key"),
                    joined(node.texts("roles")),
                    joined(node.texts("addresses")),
                    node.cell("source"),
                    node.cell("standing"),
                    state(node),
                    node.text("good_setups") + "/" + node.text("setups"),
                    Times.millis(node.number("rtt_us")));
        }
        table.print(call);
    }

    private static void one(Call call, Answer node) {
        call.line("node: " + node.text("public_key"));
        call.line("  offers: " + joined(node.texts("roles")));
        call.line("  address: " + joined(node.texts("addresses")));
        call.line("  capacity: "
                + (node.number("capacity_kbits") == 0 ? "not said" : node.text("capacity_kbits") + " kbit/s"));
        call.line("  family: " + node.cell("family"));
        call.line("  record: " + node.cell("standing") + ", from " + node.cell("source"));
        call.line("  state: " + state(node));
        call.line("  good set-ups: " + node.text("good_setups") + " of " + node.text("setups"));
        call.line("  last failure: " + node.cell("last_failure"));
        call.line("  " + node.text("record"));
    }

    private static String state(Answer node) {
        if (!node.isTrue("has_current_key")) {
            return "no key of the day";
        }
        if (node.isTrue("is_resting")) {
            return "rests";
        }
        return node.isTrue("is_guard") ? "guard" : "usable";
    }

    private static String joined(List<String> words) {
        return words.isEmpty() ? "-" : String.join(",", words);
    }

    private static void importFile(Call call) throws IOException, ControlException, FailureException {
        List<String> records = Words.records(call, call.argument(0));
        Map<String, Object> result = call.ask("record.import", Map.of("records", String.join("\n", records)));
        if (call.isJson()) {
            call.json(result);
        }
    }

    private static void export(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("record.export", key(call)));
        if (call.isJson()) {
            call.json(answer.members());
        } else {
            call.line(answer.text("record"));
        }
    }
}
