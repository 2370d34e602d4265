package skyawg.datapath.tunnel;

import java.util.function.Supplier;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.edge.ExitVerdict;
import skyawg.protocol.edge.GrantedPrefixes;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/**
 * Where users' packets leave the mesh (mesh.md §8): each tunnel may send from what it was granted to what its exit
 * service serves, and gets what is sent to its prefixes.
 */
public final class EgressEdge {
    private static final int V6_LENGTH = 64;

    private final TunnelEnds node;
    private final EdgeDevice device;
    private final GrantedTable table = new GrantedTable();

    public EgressEdge(TunnelEnds node, EdgeDevice device) {
        this.node = node;
        this.device = device;
        device.setTaker(this::take);
    }

    /**
     * Where the packets of a tunnel go.
     *
     * @param ipv6 upper half of its /64
     * @param rules of its exit service; asked for each packet
     */
    public Outlet outlet(int ipv4, int ipv4Length, long ipv6, Supplier<ExitRules> rules) {
        GrantedPrefixes granted = new GrantedPrefixes(
                new Cidr(IpAddress.v4(ipv4), ipv4Length), new Cidr(IpAddress.v6(ipv6, 0), V6_LENGTH));
        return (packet, length, _) -> {
            ExitVerdict verdict = rules.get().admit(packet, length, granted);
            if (verdict == ExitVerdict.ADMITTED) {
                device.deliver(packet, length);
            } else {
                device.drop(drop(verdict));
            }
        };
    }

    /** What is sent to these prefixes goes into this tunnel from now on. Any thread. */
    public void grant(int ipv4, int ipv4Length, long ipv6, TunnelEnd tunnel) {
        node.execute(_ -> table.put(ipv4, ipv4Length, new GrantedTable.Granted(tunnel, ipv6)));
    }

    /** They are nobody's. Any thread. */
    public void withdraw(int ipv4, int ipv4Length, long ipv6) {
        node.execute(_ -> table.remove(ipv4, ipv4Length, ipv6));
    }

    private void take(long packet, int length, long nowNanos) {
        TunnelEnd tunnel = table.find(packet);
        if (tunnel == null) {
            device.drop(TunnelDrop.NO_TUNNEL);
        } else {
            tunnel.send(packet, length, nowNanos);
        }
    }

    private static TunnelDrop drop(ExitVerdict verdict) {
        return switch (verdict) {
            case DESTINATION_NOT_SERVED, SOURCE_ROUTED -> TunnelDrop.NOT_SERVED;
            case SOURCE_OUTSIDE_PREFIX, DESTINATION_OUTSIDE_PREFIX -> TunnelDrop.ADDRESS;
            case ADMITTED, MALFORMED -> TunnelDrop.MALFORMED;
        };
    }
}
