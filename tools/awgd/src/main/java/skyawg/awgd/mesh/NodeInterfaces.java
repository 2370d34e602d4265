package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** Where a node's own network meets the mesh. Not to be called on the conductor. */
interface NodeInterfaces {
    /** Makes the way in. Before any tunnel is opened. */
    void openIngress(MeshNode.Clients clients) throws IOException, TunnelRefusedException;

    /**
     * Makes the way out. Before anybody has a tunnel here.
     *
     * @param exitServices numbers of those that are offered
     * @param exitAllow destinations that the Internet service serves whatever else is said
     */
    void openEgress(Set<Integer> exitServices, List<Cidr> exitAllow) throws IOException;

    /** This machine's addresses may be others now. */
    void addressesChanged() throws IOException;

    /** Makes the system send these into the mesh, and nothing else. */
    void steer(List<KernelRoutes.Steering> wanted) throws IOException;

    /** How the system sends a packet of this machine's own, in its words; empty when it has no route. */
    Optional<String> routeOf(IpAddress destination) throws IOException;

    /** Takes away what the system was told; the interfaces go with the node. */
    void clear() throws IOException;

    /** Makes those of a node. */
    @FunctionalInterface
    interface Maker {
        NodeInterfaces make(MeshNode node);
    }
}
