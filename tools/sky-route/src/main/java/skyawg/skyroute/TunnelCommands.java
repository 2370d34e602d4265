package skyawg.skyroute;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route tunnel} and {@code rg}: where this node's tunnels lead, and over whom. */
final class TunnelCommands {
    /** What is asked of a tunnel. */
    static final List<Option> SETTINGS = List.of(
            Option.with("--exit", "SERVICE", "internet, ygg, i2p or local:NAME; internet unless given"),
            Option.with("--hops", "N", "of each path, the exit counted: 1 to 6; 3 unless given"),
            Option.with("--active", "N", "paths that carry packets; 3 unless given"),
            Option.with("--warm", "N", "paths kept ready; 2 unless given"),
            Option.with("--mode", "MODE", "onion, or fast: transits that add no layer; onion unless given"),
            Option.with("--scheduler", "NAME", "ecf, weighted, flow or duplicate; ecf unless given"),
            Option.with("--exits", "KEY[,...]", "nodes to end at; any that offers the service unless given"),
            Option.with("--first-hops", "KEY[,...]", "nodes to begin with; the guards unless given"),
            Option.with("--avoid", "TAG[,...]", "nodes to keep away from: family:0123abcd"),
            Option.with("--diverse", "on|off", "no two nodes of a tunnel in one /16 or /32; on unless given"),
            Option.with("--prefix-length", "BITS", "of the IPv4 prefix asked of the exit, 24 to 30; 28 unless given"),
            Option.with("--lifetime", "SECONDS", "of each path, 60 to 3540; 600 unless given"));

    private TunnelCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "tunnel ls",
                        List.of(),
                        List.of(),
                        "Lists the tunnels of this node.",
                        "sky-route tunnel ls",
                        TunnelCommands::list),
                new Command(
                        "tunnel add",
                        List.of("NAME"),
                        SETTINGS,
                        "Adds a tunnel to mesh.conf and opens it.",
                        "sky-route tunnel add web --exit internet --hops 3",
                        call -> change(call, "tunnel.add")),
                new Command(
                        "tunnel set",
                        List.of("NAME"),
                        SETTINGS,
                        "Changes a tunnel: what is not given stays. It is opened anew.",
                        "sky-route tunnel set web --warm 4",
                        call -> change(call, "tunnel.set")),
                new Command(
                        "tunnel rm",
                        List.of("NAME"),
                        List.of(),
                        "Ends a tunnel and takes it out of mesh.conf.",
                        "sky-route tunnel rm web",
                        TunnelCommands::remove),
                new Command(
                        "rg ls",
                        List.of(),
                        List.of(),
                        "Lists the tunnels with a line for each path that is up.",
                        "sky-route rg ls",
                        TunnelCommands::routeGroups));
    }

    private static void list(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("tunnel.ls"));
        if (call.isJson()) {
            call.json(answer.members().getOrDefault("tunnels", List.of()));
            return;
        }
        Table table = new Table("name", "exit", "hops", "state", "up", "active", "warm", "scheduler", "mode", "prefix");
        for (Answer tunnel : answer.list("tunnels")) {
            table.row(
                    tunnel.text("name"),
                    tunnel.text("exit"),
                    tunnel.text("hops"),
                    tunnel.text("state"),
                    tunnel.text("paths_up") + "/" + (tunnel.number("active") + tunnel.number("warm")),
                    tunnel.text("active"),
                    tunnel.text("warm"),
                    tunnel.text("scheduler"),
                    tunnel.text("mode"),
                    tunnel.cell("prefix4"));
        }
        table.print(call);
    }

    private static void change(Call call, String action) throws IOException, ControlException {
        Map<String, String> with = new LinkedHashMap<>();
        with.put("name", call.argument(0));
        with.putAll(call.fields(SETTINGS));
        Map<String, Object> done = call.ask(action, with);
        if (call.isJson()) {
            call.json(done);
        }
    }

    private static void remove(Call call) throws IOException, ControlException {
        Map<String, Object> done = call.ask("tunnel.rm", Map.of("name", call.argument(0)));
        if (call.isJson()) {
            call.json(done);
        }
    }

    private static void routeGroups(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("rg.ls"));
        if (call.isJson()) {
            call.json(answer.members().getOrDefault("route_groups", List.of()));
            return;
        }
        for (Answer group : answer.list("route_groups")) {
            call.line(group.text("tunnel") + ": " + group.text("exit") + ", " + group.text("state") + ", ends at "
                    + group.cell("remote_pk"));
            for (Answer leg : group.list("legs")) {
                call.line("  " + leg.text("role") + "     " + Times.millis(leg.number("rtt_us")) + "     "
                        + String.join(" -> ", leg.texts("hops")));
            }
        }
    }
}
