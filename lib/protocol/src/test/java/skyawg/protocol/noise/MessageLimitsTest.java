package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.simulation.NodePair;

/** R14: a session ends before its nonces do. */
final class MessageLimitsTest {
    private static final MessageLimits LOW = new MessageLimits(20, 30);

    private final NodePair pair = new NodePair(14);
    private final Peer anyone = new Peer(PublicKey.of(new byte[PublicKey.LENGTH]), _ -> {});

    @AfterEach
    void closePair() {
        pair.close();
    }

    @Test
    void limitsAreThePapers() {
        assertThat(Long.toUnsignedString(Constants.REJECT_AFTER_MESSAGES)).isEqualTo("18446744073709543423");
        assertThat(Constants.REKEY_AFTER_MESSAGES).isEqualTo(1_152_921_504_606_846_976L);
    }

    @Test
    void countersAreHandedOutOnceAndUpToTheLimit() {
        Keypair keypair = TestKeypairs.initiators(anyone, 1, LOW);
        assertThat(keypair.reserveCounters(10)).isZero();
        assertThat(keypair.reserveCounters(19)).isEqualTo(10);
        assertThat(keypair.isUsableForSending(0)).isTrue();
        assertThat(keypair.reserveCounters(1)).isEqualTo(29);
        assertThat(keypair.isUsableForSending(0)).isFalse();
        assertThat(keypair.reserveCounters(1)).isEqualTo(Keypair.NO_COUNTER);
    }

    @Test
    void batchThatDoesNotFitEndsTheKey() {
        Keypair keypair = TestKeypairs.initiators(anyone, 1, LOW);
        assertThat(keypair.reserveCounters(25)).isZero();
        assertThat(keypair.reserveCounters(6)).isEqualTo(Keypair.NO_COUNTER);
        assertThat(keypair.reserveCounters(1)).isEqualTo(Keypair.NO_COUNTER);
    }

    @Test
    void refusalsNeverMakeTheCounterGoRound() {
        Keypair keypair = TestKeypairs.initiators(anyone, 1, MessageLimits.PROTOCOL);
        keypair.stopSending();
        for (int i = 0; i < 100_000; i++) {
            assertThat(keypair.reserveCounters(Integer.MAX_VALUE)).isEqualTo(Keypair.NO_COUNTER);
        }
        assertThat(keypair.isUsableForSending(0)).isFalse();
    }

    @Test
    void responderAsksForANewKeyTooWhenMessagesRunOut() {
        Keypair keypair = TestKeypairs.responders(anyone, 1, LOW);
        keypair.reserveCounters(20);
        assertThat(keypair.isRekeyDueAfterSending(0)).isFalse();
        keypair.reserveCounters(1);
        assertThat(keypair.isRekeyDueAfterSending(0)).isTrue();
    }

    @Test
    void sessionIsRenewedBeforeItsMessagesRunOut() {
        pair.a.engine().setMessageLimits(LOW);
        pair.b.engine().setMessageLimits(LOW);
        for (int i = 0; i < 200; i++) {
            pair.advance(NodePair.SECOND);
            pair.aSends("packet " + i);
        }
        assertThat(pair.delivered).hasSize(200).doesNotHaveDuplicates();
        assertThat(pair.sentBy(pair.a, 148)).hasSizeBetween(8, 11);
    }

    @Test
    void packetsBeyondTheLimitWaitForTheNextSession() {
        pair.a.engine().setMessageLimits(LOW);
        pair.b.engine().setMessageLimits(LOW);
        // all within the distance that initiations keep: the renewal is due before it is allowed
        for (int i = 0; i < 40; i++) {
            pair.aSends("packet " + i);
        }
        assertThat(pair.delivered).hasSize(30);
        assertThat(requireNonNull(pair.peerB.current()).isUsableForSending(pair.now()))
                .isFalse();
        pair.advance(6 * NodePair.SECOND);
        assertThat(pair.delivered).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void messageAtTheLimitIsNotAccepted() {
        Keypair keypair = TestKeypairs.initiators(anyone, 1, LOW);
        assertThat(keypair.replay().accept(29)).isTrue();
        assertThat(keypair.replay().accept(30)).isFalse();
    }
}
