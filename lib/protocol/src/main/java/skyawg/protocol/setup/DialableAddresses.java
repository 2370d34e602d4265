package skyawg.protocol.setup;

import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PrefixSet;
import skyawg.protocol.names.SpecialAddresses;

/**
 * Where a stranger's set-up may make a node send handshakes: to global unicast addresses, at ports that are no other
 * service's. Otherwise a set-up could make nodes shoot at whatever lies inside their owner's network.
 */
public enum DialableAddresses {
    /** Global unicast only. */
    GLOBAL,
    /** Private ranges as well: a laboratory, or a mesh within a company. */
    GLOBAL_AND_PRIVATE,
    /** Every address: nodes that share a machine. */
    ANY;

    private static final int HTTPS = 443;
    private static final int LOWEST_UNPRIVILEGED = 1024;

    private static final PrefixSet UNICAST = PrefixSet.of(SpecialAddresses.UNICAST);
    private static final PrefixSet PRIVATE = PrefixSet.of(SpecialAddresses.PRIVATE);
    private static final PrefixSet RESERVED = PrefixSet.of(SpecialAddresses.RESERVED);

    public boolean contains(IpAddress address) {
        if (this == ANY) {
            return true;
        }
        if (PRIVATE.contains(address)) {
            return this == GLOBAL_AND_PRIVATE;
        }
        return UNICAST.contains(address) && !RESERVED.contains(address);
    }

    /** Whether a mesh device may be at this port: 443, or 1024 and more. */
    public static boolean isPort(int port) {
        return port == HTTPS || port >= LOWEST_UNPRIVILEGED;
    }
}
