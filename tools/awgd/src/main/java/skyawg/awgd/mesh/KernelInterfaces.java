package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skyawg.datapath.tun.TunDevice;
import skyawg.datapath.tunnel.DirectIngress;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * The network interfaces of a node: {@code sky0} where it has tunnels of its own, {@code skyx0} where it is an exit,
 * and what the kernel does with them.
 */
final class KernelInterfaces implements NodeInterfaces {
    private static final int INTERNET = 1;
    private static final int YGG = 2;

    private final MeshNode node;
    private final KernelRoutes kernel;
    private final ExitAddresses addresses;
    private final DirectIngress direct;

    /** @param direct the clients of this machine's interfaces */
    KernelInterfaces(MeshNode node, KernelCommands commands, DirectIngress direct) {
        this.node = node;
        this.kernel = new KernelRoutes(commands);
        this.addresses =
                new ExitAddresses(() -> new HashSet<>(OwnAddresses.now()), rules -> node.serve(INTERNET, rules));
        this.direct = direct;
    }

    @Override
    public void openIngress(MeshNode.Clients clients) throws IOException, TunnelRefusedException {
        node.mark(KernelRoutes.MARK);
        node.openIngress(TunDevice.create(KernelRoutes.INGRESS), clients);
        node.openDirect(direct);
        kernel.ingress(clients);
    }

    @Override
    public void openEgress(Set<Integer> exitServices, List<Cidr> exitAllow) throws IOException {
        Map<Integer, ExitRules> rules = new HashMap<>();
        if (exitServices.contains(INTERNET)) {
            rules.put(INTERNET, addresses.begin(exitAllow));
        }
        if (exitServices.contains(YGG)) {
            rules.put(YGG, ExitRules.yggdrasil());
        }
        node.openEgress(TunDevice.create(KernelRoutes.EGRESS), rules);
        kernel.egress(node.grantedIpv6());
    }

    @Override
    public void addressesChanged() throws IOException {
        addresses.refresh();
    }

    @Override
    public void steer(List<KernelRoutes.Steering> wanted) throws IOException {
        kernel.steer(wanted);
    }

    @Override
    public Optional<String> routeOf(IpAddress destination) throws IOException {
        return kernel.routeOf(destination);
    }

    @Override
    public void clear() throws IOException {
        kernel.clear();
    }
}
