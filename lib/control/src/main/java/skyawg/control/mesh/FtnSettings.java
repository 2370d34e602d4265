package skyawg.control.mesh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.PublicKey;

/**
 * A rule that is being described, key by key: by the lines of an {@code [Ftn]} section, or by the options of
 * {@code sky-route ftn add}. An option is the key in lower case.
 */
public final class FtnSettings {
    public static final List<String> KEYS = List.of("To", "Tunnel", "In", "Client", "Dscp");

    private @Nullable Cidr destination;
    private @Nullable String tunnel;
    private Optional<String> from = Optional.empty();
    private Optional<PublicKey> client = Optional.empty();
    private int dscp = FtnRule.ANY_DSCP;

    /**
     * Takes one value.
     *
     * @return false when there is no such key
     * @throws IllegalArgumentException saying what is wrong with the value
     */
    public boolean set(String key, String value) {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "to" -> destination = FtnConfig.destination(value);
            case "tunnel" -> tunnel = value;
            case "in" -> from = Optional.of(value);
            case "client" -> client = Optional.of(TunnelSettings.key(value));
            case "dscp" -> dscp = TunnelSettings.number(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException saying what is missing */
    public FtnConfig rule() {
        if (destination == null || tunnel == null) {
            throw new IllegalArgumentException("a rule needs To and Tunnel");
        }
        return new FtnConfig(destination, from, client, dscp, tunnel);
    }
}
