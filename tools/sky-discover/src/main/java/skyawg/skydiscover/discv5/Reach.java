package skyawg.skydiscover.discv5;

import java.net.InetSocketAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ethereum.beacon.discovery.AddressAccessPolicy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.setup.DialableAddresses;

/**
 * Which addresses discovery sends to and hears. Anybody's ENR can name any address: a node of the Internet sends only
 * into the Internet, or strangers could make it knock at whatever lies in its owner's network. A node that is itself at
 * an address of a private network or a laboratory has no such bound. The operator's own boot nodes are always in reach.
 */
final class Reach implements AddressAccessPolicy {
    private final boolean isEverywhere;
    private final Set<InetSocketAddress> boot = new HashSet<>();

    Reach(Enr own, List<Enr> bootNodes) {
        isEverywhere = own.published().filter(Reach::isPrivate).isPresent();
        for (Enr node : bootNodes) {
            node.record().getUdpAddress().ifPresent(boot::add);
            node.record().getUdp6Address().ifPresent(boot::add);
        }
    }

    private static boolean isPrivate(AddressedRecord own) {
        return isPrivate(own.ip4(), AddressedRecord.NO_IP4) || isPrivate(own.ip6(), AddressedRecord.NO_IP6);
    }

    private static boolean isPrivate(IpAddress address, IpAddress none) {
        return !address.equals(none) && !DialableAddresses.GLOBAL.contains(address);
    }

    @Override
    public boolean allow(InetSocketAddress address) {
        return isEverywhere
                || boot.contains(address)
                || DialableAddresses.GLOBAL.contains(
                        IpAddress.of(address.getAddress().getAddress()));
    }

    @Override
    public boolean allow(org.ethereum.beacon.discovery.schema.NodeRecord node) {
        return node.getUdpAddress().map(this::allow).orElse(true)
                && node.getUdp6Address().map(this::allow).orElse(true);
    }
}
