package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.FtnConfig;
import skyawg.control.mesh.FtnSettings;
import skyawg.control.mesh.MeshConfig;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.PublicKey;

/** What the control socket offers of rules that say which packets go by which tunnel: see awgd-control(5). */
final class FtnActions {
    private static final List<String> CLASS_FIELDS = List.of("in", "client", "dscp");

    private final MeshService service;

    private FtnActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        FtnActions actions = new FtnActions(service);
        return List.of(
                new ControlAction("ftn.add", List.of("to", "tunnel"), CLASS_FIELDS, actions::add),
                new ControlAction("ftn.rm", List.of("to"), CLASS_FIELDS, actions::remove),
                new ControlAction("ftn.ls", List.of(), with -> actions.list()));
    }

    private Map<String, Object> list() throws ControlException {
        List<Object> rules = new ArrayList<>();
        MeshConfig config = service.config();
        for (FtnConfig rule : config.ftn()) {
            Map<String, Object> shown = shown(rule);
            shown.put("has_tunnel", config.tunnel(rule.tunnel()).isPresent());
            rules.add(shown);
        }
        return Map.of("rules", rules);
    }

    static Map<String, Object> shown(FtnConfig rule) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("to", rule.destination().toString());
        shown.put("in", rule.from().orElse(""));
        shown.put("client", rule.client().map(PublicKey::toBase64).orElse(""));
        shown.put("dscp", rule.dscp() == FtnRule.ANY_DSCP ? "" : Integer.toString(rule.dscp()));
        shown.put("tunnel", rule.tunnel());
        return shown;
    }

    private Map<String, Object> add(Map<String, String> with) throws ControlException {
        FtnConfig rule = rule(with, String.valueOf(with.get("tunnel")));
        if (service.config().tunnel(rule.tunnel()).isEmpty()) {
            throw RequestFields.unknownTunnel(rule.tunnel());
        }
        service.change(config -> {
            List<FtnConfig> all = new ArrayList<>(config.ftn());
            all.add(rule);
            return config.withFtn(all);
        });
        return Map.of();
    }

    private Map<String, Object> remove(Map<String, String> with) throws ControlException {
        FtnConfig gone = rule(with, "any");
        if (service.config().ftn().stream().noneMatch(gone::isSameClass)) {
            throw new ControlException(
                    ControlException.BAD_REQUEST, "there is no such rule", "'sky-route ftn ls' lists them");
        }
        service.change(config -> config.withFtn(
                config.ftn().stream().filter(rule -> !rule.isSameClass(gone)).toList()));
        return Map.of();
    }

    private static FtnConfig rule(Map<String, String> with, String tunnel) throws ControlException {
        try {
            FtnSettings settings = new FtnSettings();
            for (Map.Entry<String, String> field : with.entrySet()) {
                settings.set(field.getKey(), field.getValue());
            }
            settings.set("tunnel", tunnel);
            return settings.rule();
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest(String.valueOf(e.getMessage()));
        }
    }
}
