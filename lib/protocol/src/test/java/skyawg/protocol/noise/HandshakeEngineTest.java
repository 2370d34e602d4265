package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.simulation.NodePair;

final class HandshakeEngineTest {
    private final long cellsBefore = KeyVault.liveCells();
    private final NodePair pair = new NodePair(1);

    @AfterEach
    void leavesNoKeyBehind() {
        pair.close();
        assertThat(KeyVault.liveCells()).isEqualTo(cellsBefore);
        assertThat(pair.a.indexTable().size()).isZero();
        assertThat(pair.b.indexTable().size()).isZero();
    }

    @Test
    void firstPacketMakesASessionAndArrives() {
        pair.aSends("hello");
        assertThat(pair.verdicts).containsExactly(Verdict.INITIATION_ACCEPTED, Verdict.RESPONSE_ACCEPTED);
        assertThat(pair.delivered).containsExactly("b:hello");
        Keypair ofA = requireNonNull(pair.peerB.current());
        Keypair ofB = requireNonNull(pair.peerA.current());
        assertThat(ofA.isInitiator()).isTrue();
        assertThat(ofB.isInitiator()).isFalse();
        assertThat(ofA.remoteIndex()).isEqualTo(ofB.localIndex());
        assertThat(ofB.remoteIndex()).isEqualTo(ofA.localIndex());
        assertThat(pair.peerA.lastHandshakeUnixNanos()).isEqualTo(pair.unixNanos());
        assertThat(pair.peerB.lastHandshakeUnixNanos()).isEqualTo(pair.unixNanos());
    }

    @Test
    void responderSendsOnlyOnceTheInitiatorHasConfirmed() {
        pair.b.sendPacket(pair.peerA, NodePair.packet("early"), pair.now());
        pair.settle();
        assertThat(pair.delivered).containsExactly("a:early");
        pair.bSends("later");
        pair.aSends("back");
        assertThat(pair.delivered).containsExactly("a:early", "a:later", "b:back");
    }

    @Test
    void initiatorConfirmsWithAKeepaliveWhenNothingIsStaged() {
        pair.a.engine().requestHandshake(pair.peerB, pair.now());
        pair.settle();
        assertThat(pair.delivered).isEmpty();
        assertThat(pair.keepalives).isEqualTo(1);
        assertThat(pair.peerA.current()).isNotNull();
        assertThat(pair.peerA.next()).isNull();
    }

    @Test
    void bothEndsBeginningAtOnceSucceed() {
        pair.a.sendPacket(pair.peerB, NodePair.packet("from a"), pair.now());
        pair.b.sendPacket(pair.peerA, NodePair.packet("from b"), pair.now());
        pair.settle();
        assertThat(pair.delivered).containsExactlyInAnyOrder("b:from a", "a:from b");
        pair.aSends("more");
        pair.bSends("more");
        assertThat(pair.delivered).hasSize(4);
    }

    @Test
    void countsBytesAsTheSpecificationDoes() {
        pair.aSends("twelve bytes");
        // 148 + 92 + one transport message of 13 bytes padded to 16, and its 32
        assertThat(pair.peerB.txBytes()).isEqualTo(148 + 16 + 32);
        assertThat(pair.peerA.rxBytes()).isEqualTo(148 + 16 + 32);
        assertThat(pair.peerA.txBytes()).isEqualTo(92);
        assertThat(pair.peerB.rxBytes()).isEqualTo(92);
    }
}
