package skyawg.skyroute;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlException;

/** {@code sky-route visor}: this node, in Skywire's words. */
final class VisorCommands {
    private VisorCommands() {}

    static List<Command> all() {
        return List.of(
                new Command(
                        "visor info",
                        List.of(),
                        List.of(),
                        "Shows this node in a few lines.",
                        "sky-route visor info",
                        VisorCommands::info),
                new Command(
                        "visor pk",
                        List.of(),
                        List.of(),
                        "Prints this node's public key.",
                        "sky-route visor pk",
                        VisorCommands::publicKey),
                new Command(
                        "visor state",
                        List.of(),
                        List.of(),
                        "Prints all there is to know of this node as one JSON document.",
                        "sky-route visor state | jq .output.tunnels",
                        VisorCommands::state));
    }

    private static Map<String, Object> summary(Call call) throws IOException, ControlException {
        Map<String, Object> info = new LinkedHashMap<>(call.ask("visor.info"));
        info.put("ip", String.join(",", new Answer(info).texts("addresses")));
        info.put("visor_version", new Answer(call.ask("hello")).text("version"));
        return info;
    }

    private static void info(Call call) throws IOException, ControlException {
        Map<String, Object> info = summary(call);
        if (call.isJson()) {
            call.json(info);
            return;
        }
        Answer visor = new Answer(info);
        call.line(".:: Visor Summary ::.");
        call.line("Public key: \"" + visor.text("public_key") + "\"");
        call.line("Mesh: " + visor.text("mesh"));
        call.line("IP: " + visor.text("ip"));
        call.line("Visor Version: " + visor.text("visor_version"));
        call.line("Time Online: " + visor.text("time_online") + " seconds");
        call.line("Offers: " + String.join(", ", visor.texts("roles")));
        call.line("Tunnels: " + visor.text("tunnels") + ", " + visor.text("tunnels_up") + " up");
        call.line("Paths: " + visor.text("lsps"));
        call.line("Nodes Known: " + visor.text("nodes_known"));
    }

    private static void publicKey(Call call) throws IOException, ControlException {
        String key = new Answer(call.ask("visor.info")).text("public_key");
        if (call.isJson()) {
            call.json(key);
        } else {
            call.line(key);
        }
    }

    private static void state(Call call) throws IOException, ControlException {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("visor", summary(call));
        state.putAll(call.ask("tp.ls"));
        state.putAll(call.ask("tunnel.ls"));
        state.putAll(call.ask("rg.ls"));
        state.putAll(call.ask("record.show"));
        call.json(state);
    }
}
