package skyawg.datapath.sys;

import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * {@code struct sockaddr_in} and {@code sockaddr_in6} (ip(7), ipv6(7)).
 *
 * <pre>
 *  in:   family(2) port(2, BE) address(4) zero(8)
 *  in6:  family(2) port(2, BE) flow(4) address(16) scope(4)
 * </pre>
 */
public final class SockAddr {
    public static final int AF_INET = 2;
    public static final int AF_INET6 = 10;
    public static final int IN_LENGTH = 16;
    public static final int IN6_LENGTH = 28;
    /** Room for either, on a multiple of 8. */
    public static final int MAX_LENGTH = 32;

    private static final int PORT_OFFSET = 2;
    private static final int IN_ADDRESS_OFFSET = 4;
    private static final int IN6_ADDRESS_OFFSET = 8;
    private static final int IN6_SCOPE_OFFSET = 24;

    private SockAddr() {}

    /** Writes an address; returns its length. */
    public static int put(long to, IpAddress address, int scopeId, int port) {
        Memory.putLongLe(to, 0);
        Memory.putShortBe(to + PORT_OFFSET, port);
        if (!address.isV6()) {
            Memory.putShortLe(to, AF_INET);
            Memory.putIntBe(to + IN_ADDRESS_OFFSET, (int) address.low());
            Memory.putLongLe(to + 8, 0);
            return IN_LENGTH;
        }
        Memory.putShortLe(to, AF_INET6);
        Memory.putLongBe(to + IN6_ADDRESS_OFFSET, address.high());
        Memory.putLongBe(to + IN6_ADDRESS_OFFSET + 8, address.low());
        Memory.putIntLe(to + IN6_SCOPE_OFFSET, scopeId);
        return IN6_LENGTH;
    }

    public static int port(long from) {
        return Memory.getShortBe(from + PORT_OFFSET);
    }

    public static IpAddress address(long from) {
        return isV6(from)
                ? IpAddress.v6(
                        Memory.getLongBe(from + IN6_ADDRESS_OFFSET), Memory.getLongBe(from + IN6_ADDRESS_OFFSET + 8))
                : IpAddress.v4(Memory.getIntBe(from + IN_ADDRESS_OFFSET));
    }

    public static int scopeId(long from) {
        return isV6(from) ? Memory.getIntLe(from + IN6_SCOPE_OFFSET) : 0;
    }

    /** True when the address written at {@code from} is the remote endpoint of {@code path}; makes no object. */
    public static boolean isRemoteOf(long from, UdpPath path) {
        IpAddress remote = path.remote();
        if (port(from) != path.port() || isV6(from) != remote.isV6()) {
            return false;
        }
        if (!remote.isV6()) {
            return Memory.getIntBe(from + IN_ADDRESS_OFFSET) == (int) remote.low();
        }
        return Memory.getLongBe(from + IN6_ADDRESS_OFFSET) == remote.high()
                && Memory.getLongBe(from + IN6_ADDRESS_OFFSET + 8) == remote.low()
                && Memory.getIntLe(from + IN6_SCOPE_OFFSET) == path.scopeId();
    }

    private static boolean isV6(long from) {
        return Memory.getShortLe(from) == AF_INET6;
    }
}
