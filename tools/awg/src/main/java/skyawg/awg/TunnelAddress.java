package skyawg.awg;

import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/** An address inside the tunnel with the length of its network's prefix, {@code 10.8.0.1/24}. */
record TunnelAddress(IpAddress address, int prefixBits) {
    /**
     * Reads a gateway's address. Of a network ({@code 10.8.0.0/24}) it is the first.
     *
     * @throws IllegalArgumentException saying what is wrong, also when the network has no room for two ends
     */
    static TunnelAddress parseGateway(String text) {
        Cidr network = Cidr.parse(text);
        IpAddress address = IpAddress.parse(text.substring(0, text.indexOf('/')));
        TunnelAddress gateway = new TunnelAddress(address, network.prefixBits());
        if (address.equals(network.address())) {
            gateway = gateway.next(text);
        }
        IpAddress client = gateway.next(text).address;
        boolean isBroadcast = !client.isV6() && client.low() == lastOf(network);
        if (isBroadcast) {
            throw noRoom(text);
        }
        return gateway;
    }

    /** The client's, one above the gateway's. */
    TunnelAddress next() {
        return next(toString());
    }

    /** The prefix that holds this address alone. */
    Cidr alone() {
        return new Cidr(address, address.bits());
    }

    private TunnelAddress next(String text) {
        IpAddress next = address;
        boolean isLast = address.low() == (address.isV6() ? -1L : 0xffff_ffffL);
        if (!isLast) {
            next = new IpAddress(address.isV6(), address.high(), address.low() + 1);
        }
        if (isLast || !new Cidr(address, prefixBits).contains(next)) {
            throw noRoom(text);
        }
        return new TunnelAddress(next, prefixBits);
    }

    private static long lastOf(Cidr v4) {
        return v4.address().low() | (0xffff_ffffL >>> v4.prefixBits());
    }

    private static IllegalArgumentException noRoom(String text) {
        return new IllegalArgumentException("no room for a gateway and a client behind it: " + text);
    }

    @Override
    public String toString() {
        return address + "/" + prefixBits;
    }
}
