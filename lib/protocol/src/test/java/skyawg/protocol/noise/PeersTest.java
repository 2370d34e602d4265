package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skyawg.protocol.simulation.NodePair.SECOND;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.simulation.NodePair;

/** Peers coming, changing and going. */
final class PeersTest {
    private final NodePair pair = new NodePair(5);
    private final HandshakeEngine engine = pair.a.engine();

    @AfterEach
    void closePair() {
        pair.close();
    }

    private static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        new SeededEntropy(number).fill(bytes);
        return PublicKey.of(bytes);
    }

    private Peer add(int number) {
        return pair.a.addPeer(key(number), Optional.empty(), pair.pathToB, pair.now());
    }

    @Test
    void peersAreListedInOrderOfTheirMaking() {
        Peer first = add(1);
        Peer second = add(2);
        engine.removePeer(first, pair.now());
        Peer again = add(1);
        assertThat(engine.peers()).containsExactly(pair.peerB, second, again);
        assertThat(engine.find(key(2))).isSameAs(second);
        assertThat(engine.find(key(3))).isNull();
    }

    @Test
    void samePeerIsNotAddedTwice() {
        add(1);
        assertThatThrownBy(() -> add(1)).isInstanceOf(IllegalStateException.class);
        assertThat(engine.peers()).hasSize(2);
    }

    @Test
    void interfaceIsNotItsOwnPeer() {
        assertThatThrownBy(() -> pair.a.addPeer(pair.a.publicKey(), Optional.empty(), pair.pathToA, pair.now()))
                .isInstanceOf(IllegalStateException.class);
        try (Secret secret = X25519Keys.generate()) {
            Peer other = pair.a.addPeer(X25519Keys.publicKey(secret), Optional.empty(), pair.pathToB, pair.now());
            assertThat(engine.setPrivateKey(secret, pair.now())).isSameAs(other);
            assertThat(engine.peers()).containsExactly(pair.peerB);
            assertThat(other.isRemoved()).isTrue();
        }
    }

    @Test
    void removedPeerHasNothingLeft() {
        long cells = KeyVault.liveCells();
        Peer peer = add(1);
        try (Secret presharedKey = Secret.parseHex("22".repeat(Secret.LENGTH))) {
            engine.setPresharedKey(peer, presharedKey);
            assertThat(peer.presharedKey()).contains(presharedKey);
        }
        pair.isCut = true;
        pair.a.sendPacket(peer, NodePair.packet("lost"), pair.now());
        assertThat(pair.a.indexTable().size()).isEqualTo(1);
        engine.removePeer(peer, pair.now());
        assertThat(pair.a.indexTable().size()).isZero();
        assertThat(KeyVault.liveCells()).isEqualTo(cells);
        assertThat(peer.isRunning()).isFalse();
        pair.sent.clear();
        pair.advance(100 * SECOND);
        pair.a.sendPacket(peer, NodePair.packet("nowhere"), pair.now());
        pair.advance(100 * SECOND);
        assertThat(pair.sent).isEmpty();
        assertThatThrownBy(() -> engine.removePeer(peer, pair.now())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void removedAndRemadePeerIsStillAnsweredByAPeerWithAMemory() {
        pair.aSends("before");
        engine.removePeer(pair.peerB, pair.now());
        pair.turnClock(-3600 * SECOND);
        pair.advance(10 * SECOND);
        try (Secret presharedKey = pair.peerA.presharedKey().orElseThrow()) {
            Peer again = pair.a.addPeer(pair.b.publicKey(), Optional.of(presharedKey), pair.pathToB, pair.now());
            pair.a.sendPacket(again, NodePair.packet("after"), pair.now());
            pair.settle();
        }
        assertThat(pair.delivered).containsExactly("b:before", "b:after");
    }

    @Test
    void zeroPresharedKeyIsNone() {
        try (Secret none = Secret.zero()) {
            engine.setPresharedKey(pair.peerB, none);
        }
        assertThat(pair.peerB.presharedKey()).isEmpty();
    }

    @Test
    void secretsArePreparedOnce() {
        int peers = 20;
        for (int i = 1; i <= peers; i++) {
            add(i);
        }
        assertThat(engine.prepareSecrets(15)).isEqualTo(15);
        assertThat(engine.prepareSecrets(100)).isEqualTo(peers + 1 - 15);
        assertThat(engine.prepareSecrets(100)).isZero();
        try (Secret secret = X25519Keys.generate()) {
            engine.setPrivateKey(secret, pair.now());
        }
        assertThat(engine.prepareSecrets(100)).isEqualTo(peers + 1);
    }

    @Test
    void keepaliveIsNotSentByAPeerAddedWhileTheLinkIsDown() {
        engine.stop(pair.now());
        Peer peer = add(1);
        engine.setPersistentKeepalive(peer, UintRange.of(25), pair.now());
        pair.advance(100 * SECOND);
        assertThat(pair.sent).isEmpty();
        assertThat(peer.persistentKeepalive()).isEqualTo(UintRange.of(25));
    }

    @Test
    void mostPeersThereAreFitAndOneMoreDoesNot() {
        for (int i = 1; i < Constants.MAX_PEERS; i++) {
            Peer peer = add(i);
            if (i % 64 == 0) {
                engine.setPersistentKeepalive(peer, new UintRange(20, 40), pair.now());
            }
        }
        assertThat(engine.peers()).hasSize(Constants.MAX_PEERS);
        assertThatThrownBy(() -> add(Constants.MAX_PEERS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("65536");
        int initiations = pair.sent.size();
        assertThat(initiations).isEqualTo(Constants.MAX_PEERS / 64 - 1);
    }
}
