package skyawg.skyroute;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route route add|rm|test}: label rules made by hand. */
final class LabelRuleCommands {
    private static final Option IN = Option.with("--in", "KEY", "the neighbour that the packets come from");
    private static final Option LABEL = Option.with("--label", "N", "the label that they come with: 458752 to 459007");
    private static final Option SWAP = Option.with("--swap", "N", "the label that they leave with");
    private static final Option OUT = Option.with("--out", "KEY", "the neighbour that they leave to");
    private static final Option POP = Option.flag("--pop", "they end here, and are counted");
    private static final Option COUNT = Option.with("--count", "N", "how many, 100 at most; 10 unless given");

    private static final int COUNT_UNLESS_GIVEN = 10;
    private static final int MAX_COUNT = 100;

    private LabelRuleCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "route add",
                        List.of(),
                        List.of(IN, LABEL, SWAP, OUT, POP),
                        "Adds a label rule: what becomes of packets that a neighbour sends with a label. Tunnels use none.",
                        "sky-route route add --in KEY --label 458752 --swap 458753 --out KEY",
                        LabelRuleCommands::add),
                new Command(
                        "route rm",
                        List.of(),
                        List.of(IN, LABEL),
                        "Removes a label rule.",
                        "sky-route route rm --in KEY --label 458752",
                        LabelRuleCommands::remove),
                new Command(
                        "route test",
                        List.of(),
                        List.of(OUT, LABEL, COUNT),
                        "Sends test packets with a rule's label to a neighbour; 'lfib' of the nodes behind counts them.",
                        "sky-route route test --out KEY --label 458752 --count 10",
                        LabelRuleCommands::test));
    }

    private static void add(Call call) throws IOException, ControlException, UsageException {
        Map<String, String> with = fields(call, IN, LABEL);
        boolean isSwap = call.has(SWAP.name()) && call.has(OUT.name());
        boolean isHalf = call.has(SWAP.name()) != call.has(OUT.name());
        if (isHalf || isSwap == call.has(POP.name())) {
            throw new UsageException("say what becomes of them: --swap N --out KEY, or --pop");
        }
        with.putAll(call.fields(List.of(SWAP, OUT)));
        if (call.has(POP.name())) {
            with.put(POP.field(), "on");
        }
        Map<String, Object> done = call.ask("route.add", with);
        if (call.isJson()) {
            call.json(done);
        } else if (new Answer(done).text("state").equals("waiting")) {
            call.line("the rule waits for a link to its neighbours; 'sky-route lfib' shows when it is in force");
        }
    }

    private static void remove(Call call) throws IOException, ControlException, UsageException {
        Map<String, Object> done = call.ask("route.rm", fields(call, IN, LABEL));
        if (call.isJson()) {
            call.json(done);
        }
    }

    private static void test(Call call) throws IOException, ControlException, UsageException, FailureException {
        Map<String, String> with = fields(call, OUT, LABEL);
        int count = call.count(COUNT, COUNT_UNLESS_GIVEN, 1, MAX_COUNT);
        with.put(COUNT.field(), Integer.toString(count));
        Map<String, Object> done = call.ask("route.test", with);
        long sent = new Answer(done).number("sent");
        if (call.isJson()) {
            call.json(done);
        } else {
            call.line(sent + " packets sent with label " + with.get(LABEL.field()));
        }
        if (sent < count) {
            throw new FailureException("the link to that neighbour has no session: 'sky-route tp add' makes one");
        }
    }

    /** Both options, which must be there. */
    private static Map<String, String> fields(Call call, Option one, Option other) throws UsageException {
        if (!call.has(one.name()) || !call.has(other.name())) {
            throw new UsageException(
                    "needs " + one.name() + " " + one.value() + " and " + other.name() + " " + other.value());
        }
        return new LinkedHashMap<>(call.fields(List.of(one, other)));
    }
}
