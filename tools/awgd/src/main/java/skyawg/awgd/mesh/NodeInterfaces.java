package skyawg.awgd.mesh;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skyawg.datapath.tun.TunDevice;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * The network interfaces of a node: {@code sky0} where it has tunnels of its own, {@code skyx0} where it is an exit,
 * and what the kernel does with them.
 */
final class NodeInterfaces {
    private static final int INTERNET = 1;
    private static final int YGG = 2;

    private final MeshNode node;
    private final KernelRoutes kernel;

    NodeInterfaces(MeshNode node, KernelCommands commands) {
        this.node = node;
        this.kernel = new KernelRoutes(commands);
    }

    /** Makes sky0. Before any tunnel is opened. */
    void openIngress(MeshNode.Clients clients) throws IOException, TunnelRefusedException {
        node.mark(KernelRoutes.MARK);
        node.openIngress(TunDevice.create(KernelRoutes.INGRESS), clients);
        kernel.ingress(clients);
    }

    /**
     * Makes skyx0. Before anybody has a tunnel here.
     *
     * @param exitServices numbers of those that are offered
     * @param exitAllow destinations that the Internet service serves whatever else is said
     */
    void openEgress(Set<Integer> exitServices, List<Cidr> exitAllow) throws IOException {
        Map<Integer, ExitRules> rules = new HashMap<>();
        if (exitServices.contains(INTERNET)) {
            rules.put(INTERNET, ExitRules.internet(exitAllow, ownAddresses()));
        }
        if (exitServices.contains(YGG)) {
            rules.put(YGG, ExitRules.yggdrasil());
        }
        node.openEgress(TunDevice.create(KernelRoutes.EGRESS), rules);
        kernel.egress(node.grantedIpv6());
    }

    /** All addresses of this machine now. */
    private static List<IpAddress> ownAddresses() throws SocketException {
        List<IpAddress> own = new ArrayList<>();
        for (NetworkInterface each : NetworkInterface.networkInterfaces().toList()) {
            for (InetAddress address : each.inetAddresses().toList()) {
                own.add(IpAddress.of(address.getAddress()));
            }
        }
        return own;
    }

    /** Makes the kernel send these into the mesh, and nothing else. */
    void steer(List<KernelRoutes.Steering> wanted) throws IOException {
        kernel.steer(wanted);
    }

    /** Takes away what the kernel was told; the interfaces go with the node. */
    void clear() throws IOException {
        kernel.clear();
    }
}
