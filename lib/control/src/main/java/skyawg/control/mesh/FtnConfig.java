package skyawg.control.mesh;

import java.util.Optional;
import skyawg.protocol.names.Cidr;

/**
 * Which packets go by a tunnel.
 *
 * @param destination they go to
 * @param from the interface that they come in by; empty for this machine's own, and any that it forwards
 * @param tunnel its name; while there is no such tunnel the packets are dropped
 */
public record FtnConfig(Cidr destination, Optional<String> from, String tunnel) {
    private static final String INTERFACE = "[A-Za-z0-9_=+.-]{1,15}";

    /** @throws IllegalArgumentException saying what is wrong */
    public FtnConfig {
        destination = new Cidr(destination.address().masked(destination.prefixBits()), destination.prefixBits());
        if (from.isPresent() && !from.get().matches(INTERFACE)) {
            throw new IllegalArgumentException(
                    "an interface's name has 1 to 15 characters, and is not '" + from.get() + "'");
        }
        TunnelConfig.requireName(tunnel);
    }

    /** A destination as people write it: a prefix, an address, or {@code default} for all of IPv4. */
    public static Cidr destination(String text) {
        return text.equals("default") ? Cidr.parse("0.0.0.0/0") : Cidr.parse(text);
    }

    /** Whether both are about the same packets. */
    public boolean isSameClass(FtnConfig other) {
        return destination.equals(other.destination) && from.equals(other.from);
    }
}
