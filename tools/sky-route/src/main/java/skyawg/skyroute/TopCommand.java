package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route top}: tunnels, their paths and the links, with what they carry now, anew every other second. */
final class TopCommand {
    private static final Option INTERVAL = Option.with("--interval", "SECONDS", "between two looks; 2 unless given");
    private static final Option COUNT =
            Option.with("--count", "N", "looks; without end on a terminal, 1 elsewhere, unless given");

    /** Of a terminal: the cursor goes home, and what is below it goes. */
    private static final String CLEAR = "\033[H\033[J";

    private static final double LEAST_INTERVAL = 0.5;
    private static final double LONGEST_INTERVAL = 3600;
    private static final int WITHOUT_END = Integer.MAX_VALUE;
    private static final double BITS = 8;
    private static final double MEGA = 1e6;

    private final Call call;
    private final double interval;
    /** Counters of the last look, by what they are of. */
    private Map<String, Long> before = new HashMap<>();

    private Map<String, Long> now = new HashMap<>();

    private TopCommand(Call call, double interval) {
        this.call = call;
        this.interval = interval;
    }

    static List<Command> all() {
        return List.of(new Command(
                "top",
                List.of(),
                List.of(INTERVAL, COUNT),
                "Shows tunnels, paths and links with what they carry, again and again; ends by Ctrl-C.",
                "sky-route top --interval 5",
                TopCommand::run));
    }

    private static void run(Call call) throws IOException, ControlException, UsageException {
        double interval = call.seconds(INTERVAL, 2, LEAST_INTERVAL, LONGEST_INTERVAL);
        int count = call.count(COUNT, call.io().isTerminal() ? WITHOUT_END : 1, 1, WITHOUT_END);
        TopCommand top = new TopCommand(call, interval);
        top.look(false);
        for (int i = 0; i < count; i++) {
            try {
                Thread.sleep(Math.round(interval * 1000));
            } catch (InterruptedException e) {
                return;
            }
            top.look(true);
        }
    }

    /** @param isShown false for the first look, which has nothing to compare with */
    private void look(boolean isShown) throws IOException, ControlException {
        Answer visor = new Answer(call.ask("visor.info"));
        List<Answer> groups = new Answer(call.ask("rg.ls")).list("route_groups");
        List<Answer> links = new Answer(call.ask("tp.ls")).list("transports");
        before = now;
        now = new HashMap<>();
        List<Object> paths = new ArrayList<>();
        Table pathTable = new Table("tunnel", "state", "role", "packets/s", "rtt", "path");
        for (Answer group : groups) {
            tunnel(group, pathTable, paths);
        }
        List<Object> carried = new ArrayList<>();
        Table linkTable = new Table("link to", "endpoint", "lsps", "received", "sent");
        for (Answer link : links) {
            String key = link.text("remote_pk");
            double received = rate("rx " + key, link.number("rx_bytes")) * BITS / MEGA;
            double sent = rate("tx " + key, link.number("tx_bytes")) * BITS / MEGA;
            linkTable.row(key, link.cell("endpoint"), link.text("lsps"), mbit(received), mbit(sent));
            carried.add(Map.of(
                    "remote_pk", key, "rx_kbit_s", Math.round(received * 1000), "tx_kbit_s", Math.round(sent * 1000)));
        }
        if (!isShown) {
            return;
        }
        if (call.isJson()) {
            call.json(Map.of("paths", paths, "links", carried));
        } else {
            if (call.io().isTerminal()) {
                call.io().out().print(CLEAR);
            }
            call.line("mesh " + visor.text("mesh") + ", " + visor.text("tunnels_up") + " of " + visor.text("tunnels")
                    + " tunnels up, " + visor.text("lsps") + " paths, " + links.size() + " links, "
                    + visor.text("nodes_known") + " nodes known, online " + Times.span(visor.number("time_online")));
            call.line("");
            pathTable.print(call);
            call.line("");
            linkTable.print(call);
        }
        call.io().out().flush();
    }

    private void tunnel(Answer group, Table table, List<Object> paths) {
        String name = group.text("tunnel");
        for (Answer leg : group.list("legs")) {
            String path = String.join(
                    " -> ",
                    leg.texts("hops").stream().map(TopCommand::shortened).toList());
            long packets = Math.round(rate(name + " " + String.join(" ", leg.texts("hops")), leg.number("packets")));
            table.row(
                    name,
                    group.text("state"),
                    leg.text("role"),
                    String.valueOf(packets),
                    Times.millis(leg.number("rtt_us")),
                    path);
            paths.add(Map.of(
                    "tunnel", name, "role", leg.text("role"), "hops", leg.texts("hops"), "packets_per_s", packets));
        }
        if (group.list("legs").isEmpty()) {
            table.row(name, group.text("state"), "-", "0", "-", "-");
        }
    }

    /** What a counter has grown by, a second; 0 for one that was not there. */
    private double rate(String what, long counter) {
        now.put(what, counter);
        Long last = before.get(what);
        return last == null ? 0 : Math.max(0, counter - last) / interval;
    }

    private static String mbit(double rate) {
        return String.format(Locale.ROOT, "%.2f Mbit/s", rate);
    }

    private static String shortened(String key) {
        return key.substring(0, Math.min(8, key.length()));
    }
}
