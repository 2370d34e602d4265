package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.tun.FramePort;
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

/**
 * A node's network interfaces: where users' packets enter and leave the mesh. A node has either, both, or none; packets
 * of tunnels that have no interface are dropped.
 */
final class Edges implements AutoCloseable {
    private static final int IPV6_LENGTH = 64;

    private final TunnelEnds ends;
    private final Ftn<Object, IngressEdge.Route> ftn = new Ftn<>();
    private @Nullable EdgeDevice ingressDevice;
    private @Nullable IngressEdge ingress;
    private @Nullable EdgeDevice egressDevice;
    private @Nullable EgressEdge egress;
    private Map<Integer, AtomicReference<ExitRules>> services = Map.of();

    /**
     * Packets to these destinations go by a tunnel.
     *
     * @param dscp 0 to 63, or {@link FtnRule#ANY_DSCP}
     */
    record Rule(Cidr destination, int dscp, IngressEdge.Route route) {}

    Edges(TunnelEnds ends) {
        this.ends = ends;
    }

    /** @param addresses of clients; this router's own are the first of each */
    void openIngress(FramePort port, MeshNode.Clients addresses, long nowNanos) {
        EdgeDevice device = new EdgeDevice(ends, port);
        IpAddress v4 = addresses.ipv4() == null ? null : MeshNode.Clients.router(addresses.ipv4());
        IpAddress v6 = addresses.ipv6() == null ? null : MeshNode.Clients.router(addresses.ipv6());
        ingress = new IngressEdge(device, ftn, new IcmpErrors(v4, v6, nowNanos));
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

    /** Makes these the rules, all of them or none. */
    void replace(Collection<Rule> rules) {
        List<FtnRule<Object, IngressEdge.Route>> all = new ArrayList<>();
        for (Rule rule : rules) {
            all.add(new FtnRule<>(null, rule.destination(), rule.dscp(), rule.route()));
        }
        ftn.replace(all);
    }

    /** Where the packets out of a tunnel that begins here go. */
    Outlet outlet(IngressEdge.Route route) {
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

    /** Leads packets of a route into a tunnel, as addresses of what its egress granted; null: they are dropped. */
    void lead(IngressEdge.Route route, @Nullable TunnelEnd end, MeshNode.Clients clients, @Nullable Prefixes granted) {
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
                + (egressDevice == null ? 0 : egressDevice.drops(reason));
    }

    @Override
    public void close() {
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
