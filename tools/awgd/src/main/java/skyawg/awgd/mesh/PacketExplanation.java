package skyawg.awgd.mesh;

import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import skyawg.control.control.ControlException;
import skyawg.control.mesh.FtnConfig;
import skyawg.control.mesh.MeshConfig;
import skyawg.control.mesh.TunnelConfig;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tunnel.DirectRules;
import skyawg.datapath.tunnel.IngressEdge;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.TunnelState;
import skyawg.protocol.mpls.FtnRule;

/**
 * Where a packet would go, and why, in plain sentences. Asked are the very tables that packets are looked up in, and
 * the kernel for what it routes before them. Not on the conductor.
 */
final class PacketExplanation {
    /** Where it goes in the end. */
    private enum Way {
        /** By a tunnel that is up. */
        TUNNEL,
        /** Nowhere. */
        DROPPED,
        /** Not into the mesh: it is the system's. */
        SYSTEM
    }

    private final MeshService service;
    private final MeshConfig config;
    private final PacketQuestion packet;
    private final String fromInterface;
    private final List<String> lines = new ArrayList<>();

    private PacketExplanation(MeshService service, PacketQuestion packet) throws ControlException {
        this.service = service;
        this.config = service.config();
        this.packet = packet;
        this.fromInterface = packet.client()
                .flatMap(service::interfaceOf)
                .or(packet::fromInterface)
                .orElse("");
    }

    static Map<String, Object> of(MeshService service, PacketQuestion packet) throws ControlException {
        return new PacketExplanation(service, packet).explain();
    }

    private Map<String, Object> explain() throws ControlException {
        lines.add("a packet to " + packet.to() + " with DSCP " + packet.dscp() + ", " + source());
        if (isOwnAddress()) {
            lines.add(packet.to() + " is an address of this machine: the packet stays here");
            return result(Way.SYSTEM);
        }
        if (!packet.isOwn() && !DirectRules.isForwarded(packet.to())) {
            lines.add("no router sends on what goes to " + packet.to() + ": the mesh does not see it");
            return result(Way.SYSTEM);
        }
        boolean isOfDaemon = packet.client().isPresent() || service.hasClients(fromInterface);
        return isOfDaemon ? fromClient() : fromKernel();
    }

    private String source() {
        if (packet.client().isPresent()) {
            return "from the client " + packet.client().get().toBase64() + ", a peer of "
                    + (fromInterface.isEmpty() ? "no AmneziaWG interface here now" : fromInterface);
        }
        return packet.isOwn() ? "from this machine itself" : "that comes in by " + fromInterface;
    }

    private boolean isOwnAddress() {
        try {
            return OwnAddresses.now().contains(packet.to());
        } catch (SocketException e) {
            lines.add("this machine's addresses cannot be listed: " + e.getMessage());
            return false;
        }
    }

    /** AmneziaWG interfaces of this daemon look by themselves, and leave the rest to the kernel. */
    private Map<String, Object> fromClient() throws ControlException {
        Optional<FtnRule<Object, IngressEdge.Route>> found = service.ask(mesh -> Optional.ofNullable(mesh.node()
                .edges()
                .findOfClient(packet.client().orElse(null), fromInterface, packet.to(), packet.dscp())));
        if (found.isEmpty() || found.get().tunnel() == null) {
            lines.add("no rule leads it past the kernel, which is asked as for any packet that comes in by "
                    + (fromInterface.isEmpty() ? "an interface" : fromInterface));
            return fromKernel();
        }
        Predicate<FtnConfig> isOfSource = rule -> rule.client().isPresent()
                ? rule.client().equals(packet.client())
                : isInterface(rule) || rule.from().isEmpty();
        FtnConfig rule = configured(found.get(), isOfSource);
        decides(rule, isOfSource);
        lines.add("it goes into the mesh past the kernel if its source address is in "
                + config.edges().clientsText()
                + (rule.client().isPresent()
                        ? "; from another address it is dropped"
                        : "; from another address the kernel sends it by the same tunnel"));
        return byTunnel(rule);
    }

    private boolean isInterface(FtnConfig rule) {
        return !fromInterface.isEmpty() && rule.from().equals(Optional.of(fromInterface));
    }

    /** Table 100 has the destinations of all rules; which packets ask it, rules of the system say. */
    private Map<String, Object> fromKernel() throws ControlException {
        List<FtnConfig> told = config.ftn().stream()
                .filter(rule -> rule.client().isEmpty())
                .filter(rule ->
                        rule.destination().address().isV6() == packet.to().isV6())
                .toList();
        boolean isNamed = told.stream().anyMatch(this::isInterface);
        boolean isAsked = isNamed || told.stream().anyMatch(rule -> rule.from().isEmpty());
        int longest = told.stream()
                .filter(rule -> rule.destination().contains(packet.to()))
                .mapToInt(rule -> rule.destination().prefixBits())
                .max()
                .orElse(-1);
        if (!isAsked || longest < 0) {
            lines.add("no rule sends it into the mesh");
            noneDecides(rule -> isAsked && rule.client().isEmpty());
            lines.add(
                    packet.isOwn()
                            ? "it is the system's: " + systemRoute().orElse("it has no route for it, and refuses it")
                            : "it is the system's, which forwards it by its other routes, or not at all");
            return result(Way.SYSTEM);
        }
        // What comes in by an interface that a rule names asks the table before all else.
        boolean canGoElsewhere = packet.isOwn() || (!isNamed && longest == 0);
        Optional<String> route = canGoElsewhere ? systemRoute() : Optional.empty();
        if (canGoElsewhere && route.isEmpty()) {
            lines.add("the system has no route for it, and refuses it");
            return result(Way.DROPPED);
        }
        if (route.isPresent() && !route.get().contains(" dev " + KernelRoutes.INGRESS + " ")) {
            lines.add(
                    "a route of the system's own goes before the rules, and the mesh does not see it: " + route.get());
            return result(Way.SYSTEM);
        }
        lines.add("the system sends it to " + KernelRoutes.INGRESS
                + route.map(text -> ": " + text).orElse(", by table " + KernelRoutes.TABLE));
        return fromIngress();
    }

    /** Of this machine's own packets: what is forwarded may have rules of the system's that we know nothing of. */
    private Optional<String> systemRoute() throws ControlException {
        return service.mesh().routeOf(packet.to());
    }

    private Map<String, Object> fromIngress() throws ControlException {
        Optional<FtnRule<Object, IngressEdge.Route>> found =
                service.ask(mesh -> Optional.ofNullable(mesh.node().edges().findOfKernel(packet.to(), packet.dscp())));
        Predicate<FtnConfig> isOfSource = rule -> rule.client().isEmpty();
        if (found.isEmpty()) {
            noneDecides(isOfSource);
            lines.add("no rule fits it there: it is dropped, and goes by no other tunnel or route");
            return result(Way.DROPPED);
        }
        FtnConfig rule = configured(found.get(), isOfSource);
        decides(rule, isOfSource);
        return byTunnel(rule);
    }

    /** The rule of the file that stands behind one of the table. */
    private FtnConfig configured(FtnRule<Object, IngressEdge.Route> found, Predicate<FtnConfig> isOfSource)
            throws ControlException {
        return config.ftn().stream()
                .filter(isOfSource)
                .filter(rule -> rule.dscp() == found.dscp())
                .filter(rule -> rule.destination().equals(found.destination()))
                .max(Comparator.comparingInt(this::particularity))
                .orElseThrow(() ->
                        new ControlException(ControlException.FAILED, "the rules have just changed", "ask once more"));
    }

    private int particularity(FtnConfig rule) {
        if (rule.client().isPresent()) {
            return 3;
        }
        return isInterface(rule) ? 2 : rule.from().isEmpty() ? 1 : 0;
    }

    private void decides(FtnConfig rule, Predicate<FtnConfig> isOfSource) {
        lines.add("the rule that decides: " + RuleText.of(rule));
        int bits = rule.destination().prefixBits();
        for (FtnConfig other : config.ftn()) {
            // Of rules that say the same the kernel's table knows one.
            boolean saysTheSame = isOfSource.test(other)
                    && other.destination().equals(rule.destination())
                    && other.dscp() == rule.dscp()
                    && other.tunnel().equals(rule.tunnel());
            if (!saysTheSame) {
                doesNotDecide(other, isOfSource.test(other), bits);
            }
        }
    }

    private void noneDecides(Predicate<FtnConfig> isOfSource) {
        config.ftn().forEach(rule -> doesNotDecide(rule, isOfSource.test(rule), -1));
    }

    private void doesNotDecide(FtnConfig rule, boolean isOfSource, int decidingBits) {
        if (rule.destination().contains(packet.to())) {
            lines.add("not by the rule that " + RuleText.of(rule) + ": "
                    + RuleText.whyNot(rule, packet, isOfSource, decidingBits));
        }
    }

    private Map<String, Object> byTunnel(FtnConfig rule) throws ControlException {
        Optional<TunnelConfig> tunnel = config.tunnel(rule.tunnel());
        if (tunnel.isEmpty()) {
            lines.add("there is no tunnel " + rule.tunnel()
                    + ": the packet is dropped, and goes by no other tunnel or route; 'sky-route tunnel add "
                    + rule.tunnel() + "' adds one");
            return result(Way.DROPPED, rule);
        }
        lines.add(ExitText.of(tunnel.get().exit(), packet.to()));
        boolean isUp = service.ask(mesh -> {
            IngressTunnel<TunnelPeer> present = mesh.node().tunnel(rule.tunnel());
            lines.addAll(ExplanationText.of(mesh, rule.tunnel()));
            return present != null && present.state() == TunnelState.UP;
        });
        return result(isUp ? Way.TUNNEL : Way.DROPPED, rule);
    }

    private Map<String, Object> result(Way way) {
        return result(way, Optional.empty());
    }

    private Map<String, Object> result(Way way, FtnConfig rule) {
        return result(way, Optional.of(rule));
    }

    private Map<String, Object> result(Way way, Optional<FtnConfig> rule) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("way", MeshReport.word(way));
        result.put("tunnel", rule.map(FtnConfig::tunnel).orElse(""));
        result.put("rule", rule.map(FtnActions::shown).orElse(Map.of()));
        result.put("explanation", lines);
        return result;
    }
}
