package skyawg.protocol.tunnel;

import java.util.List;
import java.util.Optional;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.obfuscation.ParameterSet;

/**
 * An interface as {@code get} reports it.
 *
 * @param privateKey empty when none is set; the reader closes it
 * @param publicKey what follows from the private key; empty when none is set or the source did not work it out
 * @param listenPort 0 when the interface has no socket and no port was asked for
 * @param fwmark 0 is off
 * @param peers in order of their making
 */
public record InterfaceSnapshot(
        String name,
        Optional<Secret> privateKey,
        Optional<PublicKey> publicKey,
        int listenPort,
        long fwmark,
        ParameterSet parameters,
        List<PeerSnapshot> peers) {

    public InterfaceSnapshot {
        peers = List.copyOf(peers);
    }
}
