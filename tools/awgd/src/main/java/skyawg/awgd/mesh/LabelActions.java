package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.LabelConfig;
import skyawg.control.mesh.LabelSettings;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.LabelStackEntry;
import skyawg.protocol.names.PublicKey;

/** What the control socket offers of label rules that an operator makes: see awgd-control(5). */
final class LabelActions {
    private static final int MAX_COUNT = 100;

    private final MeshService service;

    private LabelActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        LabelActions actions = new LabelActions(service);
        return List.of(
                new ControlAction("route.add", List.of("in", "label"), List.of("swap", "out", "pop"), actions::add),
                new ControlAction("route.rm", List.of("in", "label"), actions::remove),
                new ControlAction("route.test", List.of("out", "label"), List.of("count"), actions::test));
    }

    private Map<String, Object> add(Map<String, String> with) throws ControlException {
        LabelConfig rule = rule(with);
        requireKnown(rule.in());
        if (rule.out().isPresent()) {
            requireKnown(rule.out().get());
        }
        service.change(config -> {
            List<LabelConfig> all = new ArrayList<>(config.labels());
            all.add(rule);
            return config.withLabels(all);
        });
        return Map.of("state", service.ask(mesh -> stateOf(mesh, rule)));
    }

    private static String stateOf(JoinedMesh mesh, LabelConfig rule) {
        return mesh.labels().shown().stream()
                .filter(shown -> shown.rule().equals(rule))
                .findFirst()
                .map(LabelReport::state)
                .orElse("");
    }

    private void requireKnown(PublicKey key) throws ControlException {
        if (key.equals(service.mesh().self())) {
            throw RequestFields.badRequest("a rule is between neighbours, and " + key.toBase64() + " is this node");
        }
        if (!service.ask(mesh -> mesh.isKnown(key))) {
            throw RequestFields.unknownNode(key);
        }
    }

    private Map<String, Object> remove(Map<String, String> with) throws ControlException {
        LabelConfig gone = rule(
                Map.of("in", String.valueOf(with.get("in")), "label", String.valueOf(with.get("label")), "pop", "on"));
        if (service.config().labels().stream().noneMatch(gone::isSameLabel)) {
            throw new ControlException(
                    ControlException.BAD_REQUEST,
                    "there is no rule for label " + gone.label() + " of that neighbour",
                    "'sky-route lfib' lists them, with the role 'static'");
        }
        service.change(config -> config.withLabels(
                config.labels().stream().filter(rule -> !rule.isSameLabel(gone)).toList()));
        return Map.of();
    }

    private static LabelConfig rule(Map<String, String> with) throws ControlException {
        LabelSettings settings = new LabelSettings();
        String field = "";
        try {
            for (Map.Entry<String, String> each : with.entrySet()) {
                field = each.getKey() + ": ";
                settings.set(each.getKey(), each.getValue());
            }
            field = "";
            return settings.rule();
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest(field + e.getMessage());
        }
    }

    private Map<String, Object> test(Map<String, String> with) throws ControlException {
        int label = number(with, "label", LabelStackEntry.MIN_LABEL, LabelStackEntry.MAX_STATIC_LABEL);
        int count = number(with, "count", 1, MAX_COUNT);
        PublicKey key = RequestFields.key(Map.of("key", String.valueOf(with.get("out"))));
        MeshNode node = service.mesh().node();
        TunnelPeer out = service.ask(
                        mesh -> Optional.ofNullable(mesh.node().device().find(key)))
                .filter(neighbour -> neighbour.current() != null)
                .orElseThrow(() -> new ControlException(
                        ControlException.FAILED,
                        "there is no link to " + key.toBase64(),
                        "'sky-route tp add " + key.toBase64() + "' makes one"));
        return Map.of("sent", TestPackets.send(node, out, label, count));
    }

    private static int number(Map<String, String> with, String field, int least, int most) throws ControlException {
        String text = with.getOrDefault(field, Integer.toString(least));
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw RequestFields.badRequest(field + ": " + least + " to " + most + ", not '" + text + "'");
    }
}
