package skyawg.awgd.mesh;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import skyawg.control.mesh.NodeOffer;
import skyawg.mesh.nodes.Vantage;

/** By which address families this machine can send. */
final class Families {
    private Families() {}

    /** IPv4 always; IPv6 where the node says that it is reached so, or the machine has an address for the outside. */
    static int ofMachine(NodeOffer offer) {
        return offer.ip6().isPresent() || hasV6() ? Vantage.IPV4 | Vantage.IPV6 : Vantage.IPV4;
    }

    private static boolean hasV6() {
        try {
            return NetworkInterface.networkInterfaces()
                    .flatMap(link -> link.getInterfaceAddresses().stream())
                    .map(InterfaceAddress::getAddress)
                    .anyMatch(Families::leadsOutside);
        } catch (SocketException e) {
            return false;
        }
    }

    private static boolean leadsOutside(InetAddress address) {
        return address instanceof Inet6Address && !address.isLoopbackAddress() && !address.isLinkLocalAddress();
    }
}
