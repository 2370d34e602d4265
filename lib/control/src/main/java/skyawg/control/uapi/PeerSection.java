package skyawg.control.uapi;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.tunnel.PeerUpdate;

/** The lines of a {@code set} behind one {@code public_key}, being collected. */
final class PeerSection {
    private static final long KEEPALIVE_LIMIT_SECONDS = 0xffff;

    private final PublicKey publicKey;
    private boolean updateOnly;
    private boolean remove;
    private Optional<Secret> presharedKey = Optional.empty();
    private Optional<Endpoint> endpoint = Optional.empty();
    private Optional<UintRange> persistentKeepalive = Optional.empty();
    private boolean replaceAllowedIps;
    private final List<PeerUpdate.AllowedIpChange> allowedIps = new ArrayList<>();

    PeerSection(PublicKey publicKey) {
        this.publicKey = publicKey;
    }

    void read(Pair pair) throws UapiException {
        switch (pair.key()) {
            case Key.UPDATE_ONLY -> updateOnly = pair.flag();
            case Key.REMOVE -> remove = pair.flag();
            case Key.PRESHARED_KEY -> {
                presharedKey.ifPresent(Secret::close);
                presharedKey = Optional.of(pair.secret());
            }
            case Key.ENDPOINT -> endpoint = Optional.of(endpoint(pair));
            case Key.PERSISTENT_KEEPALIVE ->
                persistentKeepalive = Optional.of(ParameterText.range(pair, KEEPALIVE_LIMIT_SECONDS));
            case Key.REPLACE_ALLOWED_IPS -> {
                replaceAllowedIps = pair.flag();
                allowedIps.clear();
            }
            case Key.ALLOWED_IP -> allowedIps.add(allowedIp(pair));
            case Key.PROTOCOL_VERSION -> {
                if (!pair.text().equals("1")) {
                    throw pair.invalid("only version 1 is known");
                }
            }
            default -> throw pair.invalid("unknown key of a peer");
        }
    }

    PeerUpdate finish() {
        return new PeerUpdate(
                publicKey,
                updateOnly,
                remove,
                presharedKey,
                endpoint,
                persistentKeepalive,
                replaceAllowedIps,
                allowedIps);
    }

    static Endpoint endpoint(Pair pair) throws UapiException {
        String text = pair.text();
        try {
            return Endpoint.parse(text);
        } catch (IllegalArgumentException e) {
            throw pair.invalid(Pair.quote(String.valueOf(e.getMessage())));
        }
    }

    private static PeerUpdate.AllowedIpChange allowedIp(Pair pair) throws UapiException {
        String text = pair.text();
        boolean isRemoval = text.startsWith("-");
        return new PeerUpdate.AllowedIpChange(prefix(pair, isRemoval ? text.substring(1) : text), isRemoval);
    }

    static Cidr prefix(Pair pair, String text) throws UapiException {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw pair.invalid(Pair.quote(String.valueOf(e.getMessage())));
        }
    }
}
