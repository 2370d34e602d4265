package skyawg.protocol.tunnel;

import java.util.List;
import java.util.Optional;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/**
 * A peer as {@code get} reports it.
 *
 * @param presharedKey empty when none is set; the reader closes it
 * @param lastHandshakeSeconds Unix time of the last completed handshake, 0 when never
 * @param lastHandshakeNanos the part below a second
 * @param rxBytes as counted on the wire, see the protocol's byte counters
 * @param txBytes likewise
 * @param persistentKeepalive seconds; zero is off
 * @param allowedIps in order of insertion
 */
public record PeerSnapshot(
        PublicKey publicKey,
        Optional<Secret> presharedKey,
        Optional<Endpoint> endpoint,
        long lastHandshakeSeconds,
        int lastHandshakeNanos,
        long rxBytes,
        long txBytes,
        UintRange persistentKeepalive,
        List<Cidr> allowedIps) {

    public PeerSnapshot {
        allowedIps = List.copyOf(allowedIps);
    }
}
