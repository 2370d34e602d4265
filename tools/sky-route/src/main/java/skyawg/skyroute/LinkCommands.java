package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route tp}: links to neighbours, which Skywire calls transports. */
final class LinkCommands {
    private static final Option ID = Option.with("--id", "ID", "the link with this id, as 'tp ls' prints it");
    private static final Option ALL = Option.flag("--all", "all links");
    private static final Option PK = Option.with("--pk", "KEY", "links that this node is an end of");

    private LinkCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "tp ls",
                        List.of(),
                        List.of(),
                        "Lists the links to neighbours: sessions that labelled packets go over.",
                        "sky-route tp ls",
                        LinkCommands::list),
                new Command(
                        "tp add",
                        List.of("KEY"),
                        List.of(),
                        "Makes a link to the node with this key; without a path over it, it goes after a minute.",
                        "sky-route tp add AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        LinkCommands::add),
                new Command(
                        "tp rm",
                        List.of(),
                        List.of(ID, ALL),
                        "Removes a link; paths over it are replaced by others.",
                        "sky-route tp rm --id 91a1b649-9c35-07db-9959-21928dacb1f0",
                        LinkCommands::remove),
                new Command(
                        "tp disc",
                        List.of(),
                        List.of(ID, PK),
                        "Lists links with both ends; a node knows of its own alone.",
                        "sky-route tp disc --pk AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                        LinkCommands::discover));
    }

    private static void list(Call call) throws IOException, ControlException {
        Answer answer = new Answer(call.ask("tp.ls"));
        if (call.isJson()) {
            call.json(answer.members().getOrDefault("transports", List.of()));
            return;
        }
        Table table = new Table("type", "id", "remote_pk", "mode", "label", "endpoint", "lsps", "rx_bytes", "tx_bytes");
        for (Answer link : answer.list("transports")) {
            table.row(
                    link.text("type"),
                    link.text("id"),
                    link.text("remote_pk"),
                    link.text("mode"),
                    link.text("label"),
                    link.cell("endpoint"),
                    link.text("lsps"),
                    link.text("rx_bytes"),
                    link.text("tx_bytes"));
        }
        table.print(call);
    }

    private static void add(Call call) throws IOException, ControlException {
        Map<String, Object> made = call.ask("tp.add", Map.of("key", call.argument(0)));
        if (call.isJson()) {
            call.json(made);
        } else {
            Answer link = new Answer(made);
            call.line(
                    "link " + link.text("id") + " to " + call.argument(0) + " at " + link.text("endpoint") + " is up");
        }
    }

    private static void remove(Call call) throws IOException, ControlException, UsageException {
        if (call.has(ALL.name()) == call.has(ID.name())) {
            throw new UsageException("say which: --id ID or --all");
        }
        List<String> ids = new ArrayList<>(call.values(ID.name()));
        if (call.has(ALL.name())) {
            new Answer(call.ask("tp.ls")).list("transports").forEach(link -> ids.add(link.text("id")));
        }
        for (String id : ids) {
            call.ask("tp.rm", Map.of("id", id));
        }
        if (call.isJson()) {
            call.json(Map.of("removed", ids));
        }
    }

    private static void discover(Call call) throws IOException, ControlException, FailureException {
        String self = new Answer(call.ask("visor.info")).text("public_key");
        String id = call.value(ID.name()).orElse("");
        String key = call.value(PK.name()).orElse("");
        List<Object> found = new ArrayList<>();
        Table table = new Table("id", "type", "edge1", "edge2");
        for (Answer link : new Answer(call.ask("tp.ls")).list("transports")) {
            String remote = link.text("remote_pk");
            boolean isMeant = (id.isEmpty() || id.equals(link.text("id")))
                    && (key.isEmpty() || key.equals(remote) || key.equals(self));
            if (isMeant) {
                Map<String, Object> shown = new LinkedHashMap<>();
                shown.put("id", link.text("id"));
                shown.put("type", link.text("type"));
                shown.put("edge1", self);
                shown.put("edge2", remote);
                found.add(shown);
                table.row(link.text("id"), link.text("type"), self, remote);
            }
        }
        if (call.isJson()) {
            call.json(found);
        } else {
            table.print(call);
        }
        if (found.isEmpty() && !(id.isEmpty() && key.isEmpty())) {
            throw new FailureException("this node has no such link");
        }
    }
}
