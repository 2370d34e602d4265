package skyawg.awgd.mesh;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.datapath.tunnel.DirectRules;
import skyawg.datapath.tunnel.EdgeDevice;
import skyawg.datapath.tunnel.EgressEdge;
import skyawg.datapath.tunnel.IngressEdge;
import skyawg.datapath.tunnel.Outlet;
import skyawg.datapath.tunnel.TunnelDrop;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.datapath.tunnel.TunnelEnds;
import skyawg.mesh.tunnel.Prefixes;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.edge.IcmpErrors;
import skyawg.protocol.edge.TunnelMapping;
import skyawg.protocol.mpls.Ftn;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;

/**
 * A node's network interfaces: where users' packets enter and leave the mesh. A node has either, both, or none; packets
 * of tunnels that have no interface are dropped.
 */
final class Edges implements TunnelEdges, AutoCloseable {
    private static final int IPV6_LENGTH = 64;

    private final TunnelEnds ends;
    private final Ftn<Object, IngressEdge.Route> ftn = new Ftn<>();
    private @Nullable EdgeDevice ingressDevice;
    private @Nullable IngressEdge ingress;
    private @Nullable EdgeDevice egressDevice;
    private @Nullable EgressEdge egress;
    private @Nullable DirectIngress direct;
    private DirectRules.ClientPrefixes prefixes = new DirectRules.ClientPrefixes(null, null);
    private List<DirectRules.Rule> rules = List.of();
    private DirectRules directRules = DirectRules.NONE;
    /** Until then the rules of the mesh before this one stay, lest what they name goes past the mesh. */
    private boolean isSteered;

    private List<IpAddress> own = List.of();
    private Map<Integer, AtomicReference<ExitRules>> services = Map.of();

    Edges(TunnelEnds ends) {
        this.ends = ends;
    }

    /** @param addresses of clients; this router's own are the first of each */
    void openIngress(FramePort port, MeshNode.Clients addresses, long nowNanos) {
        EdgeDevice device = new EdgeDevice(ends, port);
        IpAddress v4 = addresses.ipv4() == null ? null : MeshNode.Clients.router(addresses.ipv4());
        IpAddress v6 = addresses.ipv6() == null ? null : MeshNode.Clients.router(addresses.ipv6());
        prefixes = new DirectRules.ClientPrefixes(addresses.ipv4(), addresses.ipv6());
        ingress = new IngressEdge(ends, device, ftn, new IcmpErrors(v4, v6, nowNanos));
        ingressDevice = device;
        ends.open(device);
    }

    /** @param rules by exit service */
    void openEgress(FramePort port, Map<Integer, ExitRules> rules) {
        EdgeDevice device = new EdgeDevice(ends, port);
        Map<Integer, AtomicReference<ExitRules>> begun = new HashMap<>();
        rules.forEach((service, said) -> begun.put(service, new AtomicReference<>(said)));
        services = Map.copyOf(begun);
        egress = new EgressEdge(ends, device);
        egressDevice = device;
        ends.open(device);
    }

    /** Makes these the rules of an exit service that is offered, for tunnels that are there as well. */
    void serve(int exitService, ExitRules rules) {
        AtomicReference<ExitRules> present = services.get(exitService);
        if (present != null) {
            present.set(rules);
        }
    }

    /** Takes what rules name from clients' interfaces too. After {@link #openIngress}. */
    void openDirect(DirectIngress clientInterfaces) {
        IngressEdge present = ingress;
        if (present == null) {
            throw new IllegalStateException("there is no ingress yet");
        }
        direct = clientInterfaces;
        direct.join(ends, present);
    }

    /** This machine's. */
    void setOwnAddresses(List<IpAddress> addresses) {
        if (!own.equals(addresses)) {
            own = List.copyOf(addresses);
            replaceDirect();
        }
    }

    /** Makes these the rules, all of them or none. */
    void replace(Collection<DirectRules.Rule> newRules) {
        Set<FtnRule<Object, IngressEdge.Route>> all = new LinkedHashSet<>();
        for (DirectRules.Rule rule : newRules) {
            if (!(rule.source() instanceof PublicKey)) {
                all.add(new FtnRule<>(null, rule.destination(), rule.dscp(), rule.route()));
            }
        }
        ftn.replace(List.copyOf(all));
        rules = List.copyOf(newRules);
        isSteered = true;
        replaceDirect();
    }

    private void replaceDirect() {
        directRules = new DirectRules(rules, prefixes, own);
        if (direct != null && isSteered) {
            direct.setRules(directRules);
        }
    }

    /** The rule that decides about a packet that the kernel hands to the ingress; null when none fits: drop. */
    @Nullable
    FtnRule<Object, IngressEdge.Route> findOfKernel(IpAddress destination, int dscp) {
        return ftn.find(null, this, destination, dscp);
    }

    /** The rule that decides about a packet of a client of this machine's interfaces, as {@link DirectRules#find}. */
    @Nullable
    FtnRule<Object, IngressEdge.Route> findOfClient(
            @Nullable PublicKey client, String fromInterface, IpAddress destination, int dscp) {
        return directRules.find(client, fromInterface, destination, dscp);
    }

    @Override
    public Outlet outlet(IngressEdge.Route route) {
        IngressEdge present = ingress;
        return present == null ? Edges::nowhere : present.outlet(route);
    }

    /** Where the packets out of a tunnel that ends here go. */
    Outlet outlet(Prefixes granted, int exitService) {
        EgressEdge present = egress;
        AtomicReference<ExitRules> rules = services.get(exitService);
        return present == null || rules == null
                ? Edges::nowhere
                : present.outlet(granted.ipv4(), granted.ipv4Length(), granted.ipv6(), rules::get);
    }

    private static void nowhere(long packet, int length, long nowNanos) {
        // Without an interface there is nothing behind the tunnel's end.
    }

    void grant(Prefixes granted, TunnelEnd end) {
        if (egress != null) {
            egress.grant(granted.ipv4(), granted.ipv4Length(), granted.ipv6(), end);
        }
    }

    void withdraw(Prefixes granted) {
        if (egress != null) {
            egress.withdraw(granted.ipv4(), granted.ipv4Length(), granted.ipv6());
        }
    }

    @Override
    public void lead(
            IngressEdge.Route route, @Nullable TunnelEnd end, MeshNode.Clients clients, @Nullable Prefixes granted) {
        TunnelMapping mapping = granted == null ? null : mapping(clients, granted);
        ends.execute(_ -> route.lead(end, mapping));
    }

    private static TunnelMapping mapping(MeshNode.Clients clients, Prefixes granted) {
        return TunnelMapping.of(
                clients.ipv4(),
                new Cidr(IpAddress.v4(granted.ipv4()), granted.ipv4Length()),
                clients.ipv6(),
                new Cidr(IpAddress.v6(granted.ipv6(), 0), IPV6_LENGTH));
    }

    /** How often users' packets were dropped at an interface. */
    long drops(TunnelDrop reason) {
        return (ingressDevice == null ? 0 : ingressDevice.drops(reason))
                + (direct == null ? 0 : direct.drops(reason))
                + (egressDevice == null ? 0 : egressDevice.drops(reason));
    }

    @Override
    public void close() {
        if (direct != null) {
            direct.leave();
        }
        close(ingressDevice);
        close(egressDevice);
    }

    private void close(@Nullable EdgeDevice device) {
        if (device != null) {
            ends.close(device);
            device.close();
        }
    }
}
