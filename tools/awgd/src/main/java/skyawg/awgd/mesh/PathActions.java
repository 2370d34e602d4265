package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.PathInquiry;

/** What the control socket offers of paths that are up: who on them answers, and how fast. See awgd-control(5). */
final class PathActions {
    private static final int NANOS_PER_MICRO = 1000;

    private final MeshService service;

    private PathActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        PathActions actions = new PathActions(service);
        return List.of(
                new ControlAction(
                        "route.trace",
                        List.of("tunnel"),
                        List.of("path"),
                        with -> actions.ask(with, PathInquiry.Whom.ALL_HOPS)),
                new ControlAction(
                        "tunnel.ping",
                        List.of("tunnel"),
                        List.of("path"),
                        with -> actions.ask(with, PathInquiry.Whom.EGRESS)));
    }

    /** @param number of the path among those that are up, from 1 on */
    private record Asked(Path path, int number, int paths, PathInquiry inquiry) {}

    private Map<String, Object> ask(Map<String, String> with, PathInquiry.Whom whom) throws ControlException {
        String name = String.valueOf(with.get("tunnel"));
        if (service.config().tunnel(name).isEmpty()) {
            throw RequestFields.unknownTunnel(name);
        }
        int number = number(with.getOrDefault("path", "1"));
        CompletableFuture<Boolean> complete = new CompletableFuture<>();
        Asked asked = service.ask(mesh -> begin(mesh, name, number, whom, () -> complete.complete(true)))
                .orElseThrow(() -> noPath(name, number));
        complete.completeOnTimeout(false, PathInquiry.PATIENCE_NANOS, TimeUnit.NANOSECONDS)
                .join();
        return service.ask(_ -> shown(asked));
    }

    private static int number(String text) throws ControlException {
        try {
            int number = Integer.parseInt(text);
            if (number >= 1) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw RequestFields.badRequest("path: a number from 1 on is wanted, not '" + text + "'");
    }

    private static ControlException noPath(String name, int number) {
        return new ControlException(
                ControlException.FAILED,
                "tunnel '" + name + "' has no path " + number + " that is up",
                "'sky-route rg ls' lists its paths, 'sky-route route explain " + name + "' says what went wrong");
    }

    private static Optional<Asked> begin(
            JoinedMesh mesh, String name, int number, PathInquiry.Whom whom, Runnable whenComplete) {
        IngressTunnel<TunnelPeer> tunnel = mesh.node().tunnel(name);
        List<Path> up = tunnel == null ? List.of() : tunnel.upPaths();
        if (tunnel == null || number > up.size()) {
            return Optional.empty();
        }
        Path path = up.get(number - 1);
        return tunnel.inquire(path, whom, whenComplete, mesh.node().nowNanos())
                .map(inquiry -> new Asked(path, number, up.size(), inquiry));
    }

    private static Map<String, Object> shown(Asked asked) {
        List<Object> hops = new ArrayList<>();
        for (int number = 1; number <= asked.inquiry().hops(); number++) {
            hops.add(hop(asked, number));
        }
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("path", asked.number());
        shown.put("paths", asked.paths());
        shown.put("hops", hops);
        return shown;
    }

    private static Map<String, Object> hop(Asked asked, int number) {
        PathInquiry inquiry = asked.inquiry();
        Hop hop = asked.path().hops().get(number - 1);
        boolean hasAnswered = inquiry.hasAnswered(number);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("hop", number);
        shown.put("role", number == inquiry.hops() ? "exit" : "transit");
        shown.put("public_key", hop.key().toBase64());
        shown.put("endpoint", hop.endpoint().toString());
        shown.put("asked", inquiry.isAsked(number));
        shown.put("answered", hasAnswered);
        shown.put("rtt_us", hasAnswered ? inquiry.roundTripNanos(number) / NANOS_PER_MICRO : 0L);
        return shown;
    }
}
