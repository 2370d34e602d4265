package skyawg.protocol.tunnel;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;

/**
 * One {@code set}: applied whole or not at all. What is empty stays as it is.
 *
 * @param privateKey all zero clears it; whoever applies the update copies the bytes, whoever made it closes them
 * @param listenPort 0 lets the system choose
 * @param fwmark 0 is off
 * @param replacePeers remove all peers before {@code peers} are applied
 * @param parameters the AmneziaWG parameters to change
 * @param peers in the order in which they are applied; a key may come more than once
 */
public record InterfaceUpdate(
        Optional<Secret> privateKey,
        Optional<Integer> listenPort,
        Optional<Long> fwmark,
        boolean replacePeers,
        Map<Parameter, ParameterValue> parameters,
        List<PeerUpdate> peers)
        implements AutoCloseable {

    public InterfaceUpdate {
        parameters = Map.copyOf(parameters);
        peers = List.copyOf(peers);
    }

    /** Wipes the secrets of this update. */
    @Override
    public void close() {
        privateKey.ifPresent(Secret::close);
        for (ParameterValue value : parameters.values()) {
            if (value instanceof ParameterValue.Key(Secret secret)) {
                secret.close();
            }
        }
        for (PeerUpdate peer : peers) {
            peer.presharedKey().ifPresent(Secret::close);
        }
    }
}
