package skyawg.protocol.edge;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.wire.Memory;

/**
 * How the ingress of one tunnel maps its clients' prefixes to those that the egress granted, and back. A version of IP
 * without a pair of prefixes does not go through this tunnel.
 */
public final class TunnelMapping {
    private final @Nullable AddressMapping toTunnelV4;
    private final @Nullable AddressMapping toTunnelV6;
    private final @Nullable AddressMapping toClientV4;
    private final @Nullable AddressMapping toClientV6;

    private TunnelMapping(@Nullable AddressMapping v4, @Nullable AddressMapping v6) {
        this.toTunnelV4 = v4;
        this.toTunnelV6 = v6;
        this.toClientV4 = v4 == null ? null : v4.reversed();
        this.toClientV6 = v6 == null ? null : v6.reversed();
    }

    /**
     * A mapping of the prefixes there are; null where there is none of that version, on either side.
     *
     * @throws IllegalArgumentException when a client's prefix and the granted one differ in length
     */
    public static TunnelMapping of(
            @Nullable Cidr clientV4, @Nullable Cidr grantedV4, @Nullable Cidr clientV6, @Nullable Cidr grantedV6) {
        return new TunnelMapping(pair(clientV4, grantedV4), pair(clientV6, grantedV6));
    }

    private static @Nullable AddressMapping pair(@Nullable Cidr client, @Nullable Cidr granted) {
        return client == null || granted == null ? null : AddressMapping.between(client, granted);
    }

    /**
     * Maps the source of a client's packet.
     *
     * @param available bytes that may be read, at least the packet
     */
    public MappingResult toTunnel(long packet, int available) {
        AddressMapping mapping = isV6(packet, available) ? toTunnelV6 : toTunnelV4;
        return mapping == null ? MappingResult.NO_PREFIX : mapping.mapSource(packet, available);
    }

    /** Maps the destination of a packet out of the tunnel; one that is outside the granted prefix is refused. */
    public MappingResult toClient(long packet, int available) {
        AddressMapping mapping = isV6(packet, available) ? toClientV6 : toClientV4;
        return mapping == null ? MappingResult.NO_PREFIX : mapping.mapDestination(packet, available);
    }

    private static boolean isV6(long packet, int available) {
        return available > 0 && (Memory.getByte(packet) & 0xf0) == 0x60;
    }
}
