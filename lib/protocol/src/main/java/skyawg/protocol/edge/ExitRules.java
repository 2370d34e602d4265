package skyawg.protocol.edge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PrefixSet;
import skyawg.protocol.names.SpecialAddresses;
import skyawg.protocol.wire.IpHeader;

/**
 * Which destinations an exit service serves. A rule is three sets: served is what the operator allowed by name, or what
 * belongs to the service and is not forbidden.
 */
public final class ExitRules {
    private final PrefixSet allowedByName;
    private final PrefixSet served;
    private final PrefixSet forbidden;

    private ExitRules(PrefixSet allowedByName, PrefixSet served, PrefixSet forbidden) {
        this.allowedByName = allowedByName;
        this.served = served;
        this.forbidden = forbidden;
    }

    /**
     * Global unicast: never loopback, private, link-local, multicast, the tunnels' own 100.64.0.0/10, Yggdrasil, or an
     * address of the exit itself, but for what the operator lists.
     *
     * @param exitAllow {@code ExitAllow}: served whatever else is said
     * @param ownAddresses all addresses of this host; make new rules when they change
     */
    public static ExitRules internet(Collection<Cidr> exitAllow, Collection<IpAddress> ownAddresses) {
        List<Cidr> forbidden = new ArrayList<>(SpecialAddresses.RESERVED);
        forbidden.addAll(SpecialAddresses.PRIVATE);
        for (IpAddress own : ownAddresses) {
            forbidden.add(new Cidr(own, own.bits()));
        }
        return new ExitRules(PrefixSet.of(exitAllow), PrefixSet.of(SpecialAddresses.UNICAST), PrefixSet.of(forbidden));
    }

    /** 200::/7. */
    public static ExitRules yggdrasil() {
        return only(SpecialAddresses.YGGDRASIL);
    }

    /** These and nothing else: the addresses of a {@code local} service, or of the I2P bridge. */
    public static ExitRules only(Collection<Cidr> destinations) {
        return new ExitRules(PrefixSet.EMPTY, PrefixSet.of(destinations), PrefixSet.EMPTY);
    }

    /**
     * Judges a packet from a tunnel.
     *
     * @param available bytes that may be read, at least the packet
     */
    public ExitVerdict admit(long packet, int available, GrantedPrefixes granted) {
        int length = IpHeader.packetLength(packet, available);
        int place = length < 0 || length > 0xffff ? Transport.MALFORMED : Transport.find(packet, length);
        if (place == Transport.MALFORMED || place == Transport.CUT_OFF) {
            return ExitVerdict.MALFORMED;
        }
        if (place == Transport.SOURCE_ROUTED) {
            return ExitVerdict.SOURCE_ROUTED;
        }
        if (!granted.coversSource(packet)) {
            return ExitVerdict.SOURCE_OUTSIDE_PREFIX;
        }
        return serves(packet) ? ExitVerdict.ADMITTED : ExitVerdict.DESTINATION_NOT_SERVED;
    }

    /**
     * Judges a packet to a tunnel.
     *
     * @param available bytes that may be read, at least the packet
     */
    public static ExitVerdict admitReturn(long packet, int available, GrantedPrefixes granted) {
        if (IpHeader.packetLength(packet, available) < 0) {
            return ExitVerdict.MALFORMED;
        }
        return granted.coversDestination(packet) ? ExitVerdict.ADMITTED : ExitVerdict.DESTINATION_OUTSIDE_PREFIX;
    }

    private boolean serves(long packet) {
        return GrantedPrefixes.destinationIsIn(packet, allowedByName)
                || (GrantedPrefixes.destinationIsIn(packet, served)
                        && !GrantedPrefixes.destinationIsIn(packet, forbidden));
    }
}
