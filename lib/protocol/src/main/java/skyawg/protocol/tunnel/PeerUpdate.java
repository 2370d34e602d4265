package skyawg.protocol.tunnel;

import java.util.List;
import java.util.Optional;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/**
 * What a {@code set} does to one peer, which it makes if it is not there.
 *
 * @param updateOnly do nothing if the peer is not there
 * @param remove remove the peer; nothing else of this update counts then
 * @param presharedKey all zero clears it
 * @param persistentKeepalive seconds; zero is off
 * @param replaceAllowedIps drop the peer's prefixes before {@code allowedIps} are applied
 */
public record PeerUpdate(
        PublicKey publicKey,
        boolean updateOnly,
        boolean remove,
        Optional<Secret> presharedKey,
        Optional<Endpoint> endpoint,
        Optional<UintRange> persistentKeepalive,
        boolean replaceAllowedIps,
        List<AllowedIpChange> allowedIps) {

    public PeerUpdate {
        allowedIps = List.copyOf(allowedIps);
    }

    /** Adds a prefix to the peer (moving it from another one), or takes it from the peer. */
    public record AllowedIpChange(Cidr prefix, boolean isRemoval) {}
}
