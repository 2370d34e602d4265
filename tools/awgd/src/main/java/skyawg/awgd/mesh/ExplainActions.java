package skyawg.awgd.mesh;

import java.util.List;
import java.util.Map;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;

/** What the control socket offers to whoever wants to know why: see awgd-control(5). */
final class ExplainActions {
    private final MeshService service;

    private ExplainActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        ExplainActions actions = new ExplainActions(service);
        return List.of(new ControlAction(
                "route.explain", List.of(), List.of("tunnel", "to", "from", "dscp"), actions::explain));
    }

    private Map<String, Object> explain(Map<String, String> with) throws ControlException {
        if (with.containsKey("tunnel") == with.containsKey("to")) {
            throw RequestFields.badRequest("one of tunnel and to is wanted: a tunnel, or where a packet goes to");
        }
        if (with.containsKey("to")) {
            return PacketExplanation.of(service, PacketQuestion.read(with));
        }
        if (with.size() > 1) {
            throw RequestFields.badRequest("from and dscp are of a packet: they go with to, not with tunnel");
        }
        String name = String.valueOf(with.get("tunnel"));
        if (service.config().tunnel(name).isEmpty()) {
            throw RequestFields.unknownTunnel(name);
        }
        return Map.of("explanation", service.ask(mesh -> ExplanationText.of(mesh, name)));
    }
}
