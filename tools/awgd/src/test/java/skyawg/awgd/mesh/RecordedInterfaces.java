package skyawg.awgd.mesh;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/** Interfaces that are only written down. */
final class RecordedInterfaces implements NodeInterfaces {
    final List<String> said = new ArrayList<>();
    /** Where the system's routes lead. */
    String device = "sky0";

    @Override
    public void openIngress(MeshNode.Clients clients) {
        said.add("ingress " + clients.ipv4() + " " + clients.ipv6());
    }

    @Override
    public void openEgress(Set<Integer> exitServices, List<Cidr> exitAllow) {
        said.add("egress " + exitServices + " " + exitAllow);
    }

    @Override
    public void addressesChanged() {
        said.add("addresses");
    }

    @Override
    public void steer(List<KernelRoutes.Steering> wanted) {
        said.add("steer " + wanted);
    }

    @Override
    public Optional<String> routeOf(IpAddress destination) {
        return Optional.of(destination + " dev " + device + " table 100");
    }

    @Override
    public void clear() {
        said.add("clear");
    }
}
