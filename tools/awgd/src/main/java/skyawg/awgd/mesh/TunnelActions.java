package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import skyawg.control.control.ControlAction;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.TunnelConfig;
import skyawg.control.mesh.TunnelSettings;
import skyawg.mesh.path.PathChoice;
import skyawg.mesh.path.PathRequest;

/** What the control socket offers of tunnels and paths: see awgd-control(5). */
final class TunnelActions {
    private static final List<String> TUNNEL_FIELDS = TunnelSettings.KEYS.stream()
            .map(key -> key.toLowerCase(Locale.ROOT))
            .toList();
    private static final List<String> ROUTE_FIELDS =
            List.of("exit", "hops", "exits", "firsthops", "avoid", "diverse", "count");

    private final MeshService service;

    private TunnelActions(MeshService service) {
        this.service = service;
    }

    static List<ControlAction> of(MeshService service) {
        TunnelActions actions = new TunnelActions(service);
        return List.of(
                new ControlAction("tunnel.add", List.of("name"), TUNNEL_FIELDS, actions::add),
                new ControlAction("tunnel.set", List.of("name"), TUNNEL_FIELDS, actions::set),
                new ControlAction("tunnel.rm", List.of("name"), actions::remove),
                new ControlAction("tunnel.ls", List.of(), with -> actions.list()),
                new ControlAction("rg.ls", List.of(), with -> actions.routeGroups()),
                new ControlAction("route.find", List.of(), ROUTE_FIELDS, actions::find));
    }

    private Map<String, Object> list() throws ControlException {
        return Map.of("tunnels", service.ask(mesh -> new MeshReport(mesh).tunnels()));
    }

    private Map<String, Object> routeGroups() throws ControlException {
        return Map.of("route_groups", service.ask(mesh -> new MeshReport(mesh).routeGroups()));
    }

    private Map<String, Object> add(Map<String, String> with) throws ControlException {
        String name = String.valueOf(with.get("name"));
        if (service.config().tunnel(name).isPresent()) {
            throw new ControlException(
                    ControlException.NAME_IN_USE,
                    "a tunnel is called '" + name + "' already",
                    "'sky-route tunnel set " + name + " ...' changes it");
        }
        TunnelConfig tunnel = settings(() -> TunnelConfig.of(name), with);
        service.change(config -> {
            List<TunnelConfig> all = new ArrayList<>(config.tunnels());
            all.add(tunnel);
            return config.withTunnels(all);
        });
        return Map.of();
    }

    private Map<String, Object> set(Map<String, String> with) throws ControlException {
        TunnelConfig before = configured(String.valueOf(with.get("name")));
        TunnelConfig after = settings(() -> before, with);
        service.change(config -> config.withTunnels(config.tunnels().stream()
                .map(tunnel -> tunnel.name().equals(after.name()) ? after : tunnel)
                .toList()));
        return Map.of();
    }

    private Map<String, Object> remove(Map<String, String> with) throws ControlException {
        TunnelConfig gone = configured(String.valueOf(with.get("name")));
        service.change(config -> config.withTunnels(config.tunnels().stream()
                .filter(tunnel -> !tunnel.name().equals(gone.name()))
                .toList()));
        return Map.of();
    }

    private TunnelConfig configured(String name) throws ControlException {
        return service.config().tunnel(name).orElseThrow(() -> RequestFields.unknownTunnel(name));
    }

    private static TunnelConfig settings(Supplier<TunnelConfig> start, Map<String, String> with)
            throws ControlException {
        String field = "name";
        try {
            TunnelSettings settings = new TunnelSettings(start.get());
            for (Map.Entry<String, String> entry : with.entrySet()) {
                field = entry.getKey();
                if (TUNNEL_FIELDS.contains(field)) {
                    settings.set(field, entry.getValue());
                }
            }
            return settings.tunnel();
        } catch (IllegalArgumentException e) {
            throw RequestFields.badRequest(field + ": " + e.getMessage());
        }
    }

    private Map<String, Object> find(Map<String, String> with) throws ControlException {
        Map<String, String> fields = new LinkedHashMap<>(with);
        String count = fields.remove("count");
        TunnelConfig wanted = settings(() -> TunnelConfig.of("find"), fields);
        int paths;
        try {
            paths = count == null ? 1 : Integer.parseInt(count);
        } catch (NumberFormatException e) {
            throw RequestFields.badRequest("count: a number is wanted, not '" + count + "'");
        }
        if (paths < 1 || paths > PathRequest.MAX_COUNT) {
            throw RequestFields.badRequest("count: 1 to " + PathRequest.MAX_COUNT + " paths, not " + paths);
        }
        return service.ask(mesh -> find(mesh, wanted, paths));
    }

    private static Map<String, Object> find(JoinedMesh mesh, TunnelConfig wanted, int count) {
        long now = JoinedMesh.unixSeconds();
        PathRequest request =
                new PathRequest(KeptTunnel.policy(wanted), count, mesh.guards().inUse(now), List.of());
        PathChoice choice = mesh.chooser().choose(request, now);
        List<String> lines = new ArrayList<>();
        ExplanationText.choice(lines, choice);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("paths", choice.paths().stream().map(MeshReport::hops).toList());
        found.put("explanation", lines);
        return found;
    }
}
