package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import skyawg.control.mesh.MeshConfigWriter;
import skyawg.control.mesh.TunnelConfig;
import skyawg.control.mesh.TunnelSettings;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.nodes.Claim;
import skyawg.mesh.nodes.Measurements;
import skyawg.mesh.nodes.Node;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.TunnelState;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;

/** What a node and its tunnels are, as the control socket shows them. On the conductor. */
final class MeshReport {
    private static final int NANOS_PER_MICRO = 1000;

    private final JoinedMesh mesh;

    MeshReport(JoinedMesh mesh) {
        this.mesh = mesh;
    }

    Map<String, Object> visor(String meshName) {
        AddressedRecord own = mesh.node().ownRecord();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("public_key", mesh.self().toBase64());
        shown.put("mesh", meshName);
        shown.put("network_id", mesh.network().toString());
        shown.put("is_public", mesh.isPublic());
        shown.put("roles", roles(own.node()));
        shown.put("addresses", endpoints(own));
        shown.put("listen_port", mesh.node().listenPort());
        shown.put("time_online", JoinedMesh.unixSeconds() - mesh.startedAt());
        shown.put("key_expires_at", own.node().expiryUnixSeconds());
        shown.put("tunnels", mesh.tunnels().size());
        shown.put(
                "tunnels_up",
                mesh.tunnels().stream().filter(tunnel -> tunnel.upSince() != 0).count());
        shown.put("lsps", mesh.node().lfib().size());
        shown.put("nodes_known", mesh.sample().size());
        shown.put("guards", mesh.guards().inUse(JoinedMesh.unixSeconds()).size());
        return shown;
    }

    List<Object> records() {
        List<Object> shown = new ArrayList<>();
        for (Node node : mesh.sample().nodes()) {
            shown.add(record(node));
        }
        return shown;
    }

    Map<String, Object> record(Node node) {
        long now = JoinedMesh.unixSeconds();
        Measurements measured = node.measurements();
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("public_key", node.key().toBase64());
        Claim claim = node.currentOrNaming(now).orElse(null);
        if (claim != null) {
            NodeRecord said = claim.addressed().node();
            shown.put("roles", roles(said));
            shown.put("addresses", endpoints(claim.addressed()));
            shown.put("capacity_kbits", said.capacity() == 0 ? 0 : said.capacityKbits());
            shown.put("family", said.family() == 0 ? "" : String.format(Locale.ROOT, "%08x", said.family()));
            shown.put("expires_at", said.expiryUnixSeconds());
            shown.put("source", word(claim.origin().source()));
            shown.put("standing", word(claim.standing()));
            shown.put("dispute", word(mesh.sample().dispute(claim, now)));
            shown.put("record", claim.addressed().toText());
        }
        shown.put("is_guard", node.isGuard());
        shown.put("has_current_key", node.current(now).isPresent());
        shown.put("is_resting", measured.isResting(now));
        shown.put("setups", measured.setups());
        shown.put("good_setups", measured.goodSetups());
        shown.put("rtt_us", measured.rttMicros());
        shown.put("last_failure", measured.lastFailure().map(MeshReport::word).orElse(""));
        shown.put("last_failure_at", measured.lastFailureAt());
        return shown;
    }

    static List<Object> roles(NodeRecord said) {
        List<Object> roles = new ArrayList<>();
        for (Role role : Role.values()) {
            if (said.offers(role)) {
                roles.add(word(role));
            }
        }
        return roles;
    }

    static List<Object> endpoints(AddressedRecord addressed) {
        List<Object> endpoints = new ArrayList<>();
        addressed.endpoint4().map(Endpoint::toString).ifPresent(endpoints::add);
        addressed.endpoint6().map(Endpoint::toString).ifPresent(endpoints::add);
        return endpoints;
    }

    List<Object> tunnels() {
        List<Object> shown = new ArrayList<>();
        for (KeptTunnel kept : mesh.tunnels()) {
            shown.add(tunnel(kept));
        }
        return shown;
    }

    private Map<String, Object> tunnel(KeptTunnel kept) {
        TunnelConfig config = kept.config();
        IngressTunnel<TunnelPeer> present = mesh.node().tunnel(config.name());
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", config.name());
        for (String key : TunnelSettings.KEYS) {
            shown.put(jsonName(key), jsonValue(config, key));
        }
        shown.put("state", word(present == null ? TunnelState.CLOSED : present.state()));
        shown.put("paths_up", present == null ? 0 : present.upPaths().size());
        shown.put("up_since", kept.upSince());
        if (present != null) {
            present.prefixes().ifPresent(granted -> {
                shown.put("prefix4", IpAddress.v4(granted.ipv4()) + "/" + granted.ipv4Length());
                shown.put("prefix6", IpAddress.v6(granted.ipv6(), 0) + "/64");
            });
        }
        kept.paths()
                .lastChoice()
                .flatMap(choice -> choice.shortage())
                .ifPresent(shortage -> shown.put("shortage", word(shortage)));
        return shown;
    }

    private static String jsonName(String key) {
        return key.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static Object jsonValue(TunnelConfig config, String key) {
        return switch (key) {
            case "Hops" -> config.hops();
            case "Active" -> config.active();
            case "Warm" -> config.warm();
            case "PrefixLength" -> config.prefixLength();
            case "Lifetime" -> config.lifetimeSeconds();
            case "Diverse" -> config.isDiverse();
            case "Exits" -> config.exits().stream().map(PublicKey::toBase64).toList();
            case "FirstHops" ->
                config.firstHops().stream().map(PublicKey::toBase64).toList();
            case "Avoid" -> List.copyOf(config.avoid());
            default -> MeshConfigWriter.value(config, key);
        };
    }

    /** Tunnels with a line for each path, as Skywire has route groups with legs. */
    List<Object> routeGroups() {
        List<Object> shown = new ArrayList<>();
        for (KeptTunnel kept : mesh.tunnels()) {
            IngressTunnel<TunnelPeer> present = mesh.node().tunnel(kept.config().name());
            List<Path> up = present == null ? List.of() : present.upPaths();
            List<Object> legs = new ArrayList<>();
            for (int i = 0; i < up.size(); i++) {
                Map<String, Object> leg = new LinkedHashMap<>();
                leg.put("role", i < kept.config().active() ? "active" : "warm");
                leg.put("hops", hops(up.get(i)));
                leg.put("packets", present == null ? 0L : packets(present, up.get(i)));
                leg.put("rtt_us", kept.paths().roundTripNanos(up.get(i)).orElse(0L) / NANOS_PER_MICRO);
                leg.put("setup_us", present == null ? 0L : setupNanos(present, up.get(i)) / NANOS_PER_MICRO);
                legs.add(leg);
            }
            Map<String, Object> group = new LinkedHashMap<>();
            group.put("tunnel", kept.config().name());
            group.put("exit", kept.config().exit().toString());
            group.put(
                    "remote_pk",
                    up.isEmpty() ? "" : up.getFirst().egress().key().toBase64());
            group.put("state", word(present == null ? TunnelState.CLOSED : present.state()));
            group.put("legs", legs);
            shown.add(group);
        }
        return shown;
    }

    private static long setupNanos(IngressTunnel<TunnelPeer> tunnel, Path path) {
        return tunnel.setupNanos(path).orElse(0L);
    }

    /** Both ways. */
    private static long packets(IngressTunnel<TunnelPeer> tunnel, Path path) {
        return tunnel.lsp(path)
                .map(lsp -> lsp.reverse().packets()
                        + (lsp.forward() == null ? 0 : lsp.forward().packets()))
                .orElse(0L);
    }

    static List<Object> hops(Path path) {
        List<Object> keys = new ArrayList<>();
        for (Hop hop : path.hops()) {
            keys.add(hop.key().toBase64());
        }
        return keys;
    }

    static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
