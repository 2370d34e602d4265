package skyawg.control.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.PeerSnapshot;
import skyawg.protocol.tunnel.PeerUpdate;

/**
 * What a file says, and the three things it can do to an interface. The updates share their secrets with this: close
 * one of them, not each.
 *
 * @param update what the file names, added to what is there: {@code addconf}
 * @param asksAdvancedSecurity some peer has AdvancedSecurity, which only the kernel module knows
 */
public record ParsedConfig(InterfaceUpdate update, boolean asksAdvancedSecurity) implements AutoCloseable {
    /**
     * {@code setconf}: the peers are these and no others, and without PrivateKey or FwMark there is none. Other values
     * that the file does not name stay.
     */
    public InterfaceUpdate replacing() {
        return withDefaults(true, update.peers());
    }

    /**
     * {@code syncconf}: as {@link #replacing}, but a peer that stays keeps its session.
     *
     * @param now the interface as it is
     */
    public InterfaceUpdate synchronizing(InterfaceSnapshot now) {
        if (update.peers().isEmpty()) {
            return replacing();
        }
        Set<PublicKey> named = new HashSet<>();
        for (PeerUpdate peer : update.peers()) {
            named.add(peer.publicKey());
        }
        List<PeerUpdate> peers = new ArrayList<>(update.peers());
        for (PeerSnapshot peer : now.peers()) {
            if (!named.contains(peer.publicKey())) {
                peers.add(removalOf(peer.publicKey()));
            }
        }
        return withDefaults(false, peers);
    }

    /** Wipes the secrets. */
    @Override
    public void close() {
        update.close();
    }

    private InterfaceUpdate withDefaults(boolean replacePeers, List<PeerUpdate> peers) {
        Optional<Secret> privateKey =
                update.privateKey().isPresent() ? update.privateKey() : Optional.of(Secret.zero());
        Optional<Long> fwmark = update.fwmark().isPresent() ? update.fwmark() : Optional.of(0L);
        return new InterfaceUpdate(privateKey, update.listenPort(), fwmark, replacePeers, update.parameters(), peers);
    }

    private static PeerUpdate removalOf(PublicKey key) {
        return new PeerUpdate(key, false, true, Optional.empty(), Optional.empty(), Optional.empty(), false, List.of());
    }
}
