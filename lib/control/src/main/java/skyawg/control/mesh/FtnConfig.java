package skyawg.control.mesh;

import java.util.Optional;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.PublicKey;

/**
 * Which packets go by a tunnel. With neither an interface nor a client: this machine's own, and any that it forwards.
 *
 * @param destination they go to
 * @param from the interface that they come in by
 * @param client the peer of an AmneziaWG interface of this machine that they come from
 * @param dscp their DSCP, 0 to 63, or {@link FtnRule#ANY_DSCP}
 * @param tunnel its name; while there is no such tunnel the packets are dropped
 */
public record FtnConfig(Cidr destination, Optional<String> from, Optional<PublicKey> client, int dscp, String tunnel) {
    private static final String INTERFACE = "[A-Za-z0-9_=+.-]{1,15}";

    /** @throws IllegalArgumentException saying what is wrong */
    public FtnConfig {
        destination = new Cidr(destination.address().masked(destination.prefixBits()), destination.prefixBits());
        if (from.isPresent() && !from.get().matches(INTERFACE)) {
            throw new IllegalArgumentException(
                    "an interface's name has 1 to 15 characters, and is not '" + from.get() + "'");
        }
        if (from.isPresent() && client.isPresent()) {
            throw new IllegalArgumentException("a rule names an interface or a client, not both");
        }
        if (dscp < FtnRule.ANY_DSCP || dscp > FtnRule.MAX_DSCP) {
            throw new IllegalArgumentException("a DSCP is 0 to " + FtnRule.MAX_DSCP + ", not " + dscp);
        }
        TunnelConfig.requireName(tunnel);
    }

    /** A destination as people write it: a prefix, an address, or {@code default} for all of IPv4. */
    public static Cidr destination(String text) {
        return text.equals("default") ? Cidr.parse("0.0.0.0/0") : Cidr.parse(text);
    }

    /** Whether both are about packets to the same prefix from the same place. */
    boolean isFromTheSame(FtnConfig other) {
        return destination.equals(other.destination) && from.equals(other.from) && client.equals(other.client);
    }

    /** Whether both are about the same packets. */
    public boolean isSameClass(FtnConfig other) {
        return isFromTheSame(other) && dscp == other.dscp;
    }
}
