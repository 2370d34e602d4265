package skyawg.awgd.mesh;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;

/** What the control socket offers of links to neighbours: see awgd-control(5). */
final class LinkActions {
    /** In which a neighbour answers two handshakes. */
    private static final long REACH_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final MeshService service;

    private LinkActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        LinkActions actions = new LinkActions(service);
        return List.of(
                new ControlAction("tp.ls", List.of(), with -> actions.list()),
                new ControlAction("tp.add", List.of("key"), actions::add),
                new ControlAction("tp.rm", List.of("id"), actions::remove));
    }

    private Map<String, Object> list() throws ControlException {
        return Map.of("transports", new LabelReport(service.mesh()).transports());
    }

    private Map<String, Object> add(Map<String, String> with) throws ControlException {
        PublicKey key = RequestFields.key(with);
        if (key.equals(service.mesh().self())) {
            throw RequestFields.badRequest("that is this node itself");
        }
        Endpoint endpoint = service.ask(mesh -> mesh.reach(key)).orElseThrow(() -> RequestFields.unknownNode(key));
        long end = System.nanoTime() + REACH_NANOS;
        while (!service.ask(mesh -> isUp(mesh, key))) {
            if (System.nanoTime() - end >= 0) {
                throw new ControlException(
                        ControlException.FAILED,
                        "node " + key.toBase64() + " does not answer at " + endpoint,
                        "is it in the same mesh, and is its UDP port in reach?");
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return Map.of("id", new LabelReport(service.mesh()).linkId(key).toString(), "endpoint", endpoint.toString());
    }

    private static boolean isUp(JoinedMesh mesh, PublicKey key) {
        TunnelPeer neighbour = mesh.node().device().find(key);
        return neighbour != null && neighbour.current() != null;
    }

    private Map<String, Object> remove(Map<String, String> with) throws ControlException {
        String id = String.valueOf(with.get("id"));
        LabelReport report = new LabelReport(service.mesh());
        PublicKey key = neighbour(report, id)
                .orElseThrow(() -> new ControlException(
                        ControlException.BAD_REQUEST, "no link has the id " + id, "'sky-route tp ls' lists them"));
        service.ask(mesh -> {
            TunnelPeer neighbour = mesh.node().device().find(key);
            if (neighbour != null) {
                mesh.node().device().adjacencies().remove(neighbour, mesh.node().nowNanos());
            }
            return true;
        });
        return Map.of();
    }

    private static Optional<PublicKey> neighbour(LabelReport report, String id) throws ControlException {
        UUID wanted;
        try {
            wanted = UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest("id: a UUID as 'sky-route tp ls' prints it is wanted, not '" + id + "'");
        }
        return report.neighbours().stream()
                .filter(key -> report.linkId(key).equals(wanted))
                .findFirst();
    }
}
