package skyawg.control.mesh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;

/** A rule that is being described, key by key: by the lines of an {@code [Ftn]} section. */
final class FtnSettings {
    static final List<String> KEYS = List.of("To", "Tunnel", "In");

    private @Nullable Cidr destination;
    private @Nullable String tunnel;
    private Optional<String> from = Optional.empty();

    /** @return false when there is no such key */
    boolean set(String key, String value) {
        switch (key.toLowerCase(Locale.ROOT)) {
            case "to" -> destination = FtnConfig.destination(value);
            case "tunnel" -> tunnel = value;
            case "in" -> from = Optional.of(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** @throws IllegalArgumentException saying what is missing */
    FtnConfig rule() {
        if (destination == null || tunnel == null) {
            throw new IllegalArgumentException("a rule needs To and Tunnel");
        }
        return new FtnConfig(destination, from, tunnel);
    }
}
