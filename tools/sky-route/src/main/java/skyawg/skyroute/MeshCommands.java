package skyawg.skyroute;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route mesh}: to be in a mesh, or not. */
final class MeshCommands {
    /** What a node says of itself; {@code config gen} takes the same. */
    static final List<Option> OFFER = List.of(
            Option.with(
                    "--offer",
                    "ROLES",
                    "transit, internet or both: what the node does for others; nothing unless given"),
            Option.with("--address", "ADDRESS[,...]", "where others reach it: an IPv4 address, an IPv6 one, or both"),
            Option.with("--listen-port", "PORT", "UDP, 443 or from 1024 on; the system chooses unless given"),
            Option.with("--capacity", "KBIT/S", "how much it says it can carry"),
            Option.with("--family", "HEX", "the same number for all nodes of one owner"),
            Option.with(
                    "--clients",
                    "PREFIX[,...]",
                    "of the interface into the mesh, which has the first address; 198.18.0.0/28 and a /64 unless given"),
            Option.with("--exit-allow", "PREFIX[,...]", "what an exit serves though it is not on the Internet"),
            Option.with("--dial", "WHERE", "global, private or any: where paths may lead; global unless given"));

    static final Option SECRET_FILE =
            Option.with("--secret-file", "FILE", "the secret of a private mesh: one line, as 'awg genpsk' prints it");

    /** A line of the control socket has room for so many records. */
    private static final int RECORDS_A_REQUEST = 400;

    private MeshCommands() {}

    static List<Command> all() {
        List<Option> joinOptions = new ArrayList<>();
        joinOptions.add(SECRET_FILE);
        joinOptions.add(Option.repeatable("--record", "FILE", "records of other nodes, one a line"));
        joinOptions.addAll(OFFER);
        return List.of(
                new Command(
                        "mesh join",
                        List.of("NAME"),
                        joinOptions,
                        "Joins a mesh: makes a key for this node and writes mesh.conf.",
                        "sky-route mesh join example.org --record boot.rec",
                        MeshCommands::join),
                new Command(
                        "mesh reload",
                        List.of(),
                        List.of(),
                        "Joins anew by mesh.conf, after it was changed by hand.",
                        "sky-route mesh reload",
                        MeshCommands::reload),
                new Command(
                        "mesh leave",
                        List.of(),
                        List.of(),
                        "Leaves the mesh. mesh.conf is kept as mesh.conf.left.",
                        "sky-route mesh leave",
                        MeshCommands::leave),
                new Command(
                        "mesh show",
                        List.of(),
                        List.of(),
                        "Shows the mesh and this node's part in it.",
                        "sky-route mesh show",
                        MeshCommands::show));
    }

    private static void join(Call call) throws IOException, ControlException, FailureException {
        Map<String, String> with = new LinkedHashMap<>();
        with.put("name", call.argument(0));
        if (call.has("--secret-file")) {
            with.put("secret", Words.secret(call, call.value("--secret-file").orElseThrow()));
        }
        List<String> records = new ArrayList<>();
        for (String file : call.values("--record")) {
            records.addAll(Words.records(call, file));
        }
        with.putAll(call.fields(OFFER));
        with.put("records", String.join("\n", records.subList(0, Math.min(records.size(), RECORDS_A_REQUEST))));
        Map<String, Object> joined = call.ask("mesh.join", with);
        for (int i = RECORDS_A_REQUEST; i < records.size(); i += RECORDS_A_REQUEST) {
            List<String> lot = records.subList(i, Math.min(records.size(), i + RECORDS_A_REQUEST));
            call.ask("record.import", Map.of("records", String.join("\n", lot)));
        }
        if (call.isJson()) {
            call.json(joined);
        }
    }

    private static void reload(Call call) throws IOException, ControlException {
        Map<String, Object> joined = call.ask("mesh.reload");
        if (call.isJson()) {
            call.json(joined);
        }
    }

    private static void leave(Call call) throws IOException, ControlException {
        Map<String, Object> left = call.ask("mesh.leave");
        if (call.isJson()) {
            call.json(left);
        }
    }

    private static void show(Call call) throws IOException, ControlException {
        Map<String, Object> shown = call.ask("mesh.show");
        if (call.isJson()) {
            call.json(shown);
            return;
        }
        Answer mesh = new Answer(shown);
        call.line("mesh: " + mesh.text("mesh") + (mesh.isTrue("is_public") ? " (public)" : " (private)"));
        call.line("  network id: " + mesh.text("network_id"));
        call.line("  public key: " + mesh.text("public_key"));
        List<String> roles = mesh.texts("roles");
        call.line("  offers: " + (roles.isEmpty() ? "nothing" : String.join(", ", roles)));
        List<String> addresses = mesh.texts("addresses");
        call.line("  reached at: "
                + (addresses.isEmpty() ? "(nowhere) port " + mesh.text("listen_port") : String.join(", ", addresses)));
        call.line("  paths may lead to: " + dial(mesh.text("dial")));
        call.line("  file: " + mesh.text("file"));
        call.line("  nodes known: " + mesh.text("nodes_known") + ", listed: " + mesh.text("records_listed")
                + ", guards in use: " + mesh.text("guards"));
        call.line("  tunnels: " + mesh.text("tunnels") + ", up: " + mesh.text("tunnels_up"));
        call.line("  paths through this node: " + mesh.text("lsps"));
    }

    private static String dial(String word) {
        return switch (word) {
            case "global" -> "the Internet";
            case "global_and_private" -> "the Internet and private networks";
            default -> "any address";
        };
    }
}
