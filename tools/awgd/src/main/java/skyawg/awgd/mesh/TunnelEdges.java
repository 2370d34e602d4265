package skyawg.awgd.mesh;

import org.jspecify.annotations.Nullable;
import skyawg.datapath.tunnel.IngressEdge;
import skyawg.datapath.tunnel.Outlet;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.mesh.tunnel.Prefixes;

/**
 * What lies before the tunnels that begin at a node: where their packets come from, and where those go that come back.
 */
public interface TunnelEdges {
    /** Where the packets out of a tunnel that begins here go. */
    Outlet outlet(IngressEdge.Route route);

    /** Leads packets of a route into a tunnel, as addresses of what its egress granted; null: they are dropped. */
    void lead(IngressEdge.Route route, @Nullable TunnelEnd end, MeshNode.Clients clients, @Nullable Prefixes granted);
}
