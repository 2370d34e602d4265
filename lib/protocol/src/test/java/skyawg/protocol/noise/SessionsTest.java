package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.simulation.NodePair.SECOND;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.simulation.NodePair;

/** A peer's three places for sessions, and what moves them. */
final class SessionsTest {
    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;

    private final NodePair pair = new NodePair(9);

    @AfterEach
    void closePair() {
        pair.close();
    }

    private static Keypair present(@Nullable Keypair keypair) {
        return requireNonNull(keypair);
    }

    private byte[] last(int length) {
        return pair.sent.stream()
                .map(NodePair.Sent::bytes)
                .filter(bytes -> bytes.length == length)
                .reduce((_, bytes) -> bytes)
                .orElseThrow();
    }

    @Test
    void responseMakesNextAndTheFirstMessageMakesItCurrent() {
        pair.isCut = true;
        pair.aSends("hello");
        pair.inject(pair.b, last(INITIATION));
        Keypair next = present(pair.peerA.next());
        assertThat(pair.peerA.current()).isNull();
        pair.inject(pair.a, last(RESPONSE));
        assertThat(present(pair.peerB.current()).isInitiator()).isTrue();
        pair.inject(pair.b, pair.sent.getLast().bytes());
        assertThat(pair.peerA.current()).isSameAs(next);
        assertThat(pair.peerA.next()).isNull();
    }

    @Test
    void anAnswerGoesUnderTheSessionThatItsQuestionCameUnder() {
        pair.aSends("hello");
        Keypair old = present(pair.peerA.current());
        pair.isCut = true;
        pair.advance(121 * SECOND);
        pair.aSends("renew");
        pair.inject(pair.b, last(INITIATION));
        Keypair next = present(pair.peerA.next());
        assertThat(pair.peerA.sending()).isSameAs(old);
        assertThat(next.claimConfirmation()).isTrue();
        assertThat(pair.peerA.current()).isSameAs(old);
        assertThat(pair.peerA.sending()).isSameAs(next);
    }

    @Test
    void renewalKeepsTheLastSessionForReceiving() {
        pair.aSends("hello");
        Keypair firstOfA = present(pair.peerB.current());
        Keypair firstOfB = present(pair.peerA.current());
        pair.advance(121 * SECOND);
        pair.isCut = true;
        pair.bSends("on its way");
        byte[] late = pair.sent.getLast().bytes();
        pair.isCut = false;
        pair.aSends("renew");
        pair.settle();
        assertThat(pair.peerB.current()).isNotSameAs(firstOfA);
        assertThat(pair.peerB.previous()).isSameAs(firstOfA);
        assertThat(pair.peerA.previous()).isSameAs(firstOfB);
        pair.inject(pair.a, late);
        assertThat(pair.delivered).endsWith("a:on its way");
    }

    @Test
    void sessionBeforeTheLastIsGone() {
        pair.aSends("one");
        int first = present(pair.peerB.current()).localIndex();
        for (int i = 0; i < 2; i++) {
            pair.advance(121 * SECOND);
            pair.aSends("renew");
        }
        assertThat(pair.a.indexTable().lookup(first)).isNull();
        assertThat(pair.a.indexTable().size()).isEqualTo(2);
    }

    @Test
    void newInitiationReplacesASessionThatWasNeverUsed() {
        pair.isCut = true;
        pair.aSends("hello");
        pair.inject(pair.b, last(INITIATION));
        Keypair unused = present(pair.peerA.next());
        pair.advance(6 * SECOND);
        pair.inject(pair.b, last(INITIATION));
        assertThat(pair.peerA.next()).isNotSameAs(unused);
        assertThat(pair.b.indexTable().lookup(unused.localIndex())).isNull();
    }

    @Test
    void endsThatBeganAtOnceComeToUseOneSession() {
        pair.a.sendPacket(pair.peerB, NodePair.packet("a"), pair.now());
        pair.b.sendPacket(pair.peerA, NodePair.packet("b"), pair.now());
        pair.settle();
        pair.aSends("a");
        pair.bSends("b");
        Keypair ofA = present(pair.peerB.current());
        Keypair ofB = present(pair.peerA.current());
        assertThat(ofA.localIndex()).isEqualTo(ofB.remoteIndex());
        assertThat(ofA.isInitiator()).isNotEqualTo(ofB.isInitiator());
        assertThat(pair.delivered).hasSize(4);
    }

    @Test
    void newPrivateKeyEndsSendingAndBeginsAnew() {
        pair.aSends("before");
        Keypair old = present(pair.peerB.current());
        try (Secret key = Secret.parseHex("77".repeat(Secret.LENGTH))) {
            pair.a.engine().setPrivateKey(key, pair.now());
            assertThat(pair.a.engine().privateKey().orElseThrow()).isNotEqualTo(Secret.zero());
        }
        assertThat(old.isUsableForSending(pair.now())).isFalse();
        pair.sent.clear();
        pair.verdicts.clear();
        pair.aSends("unknown to b");
        assertThat(pair.sentBy(pair.a, INITIATION)).hasSize(1);
        assertThat(pair.verdicts).containsExactly(Verdict.UNKNOWN_PEER);
    }

    @Test
    void samePrivateKeyChangesNothing() {
        pair.aSends("before");
        try (Secret key = pair.a.engine().privateKey().orElseThrow()) {
            assertThat(pair.a.engine().setPrivateKey(key, pair.now())).isNull();
        }
        pair.sent.clear();
        pair.aSends("after");
        assertThat(pair.sentBy(pair.a)).hasSize(1);
    }

    @Test
    void wrongPresharedKeyMakesNoSession() {
        try (Secret other = Secret.parseHex("01".repeat(Secret.LENGTH))) {
            pair.a.engine().setPresharedKey(pair.peerB, other);
        }
        pair.aSends("hello");
        assertThat(pair.verdicts).containsExactly(Verdict.INITIATION_ACCEPTED, Verdict.NOT_GENUINE);
        assertThat(pair.peerB.current()).isNull();
        assertThat(pair.peerA.current()).isNull();
    }

    @Test
    void withoutAPrivateKeyNothingIsSentOrTaken() {
        try (Secret none = Secret.zero()) {
            pair.a.engine().setPrivateKey(none, pair.now());
        }
        assertThat(pair.a.engine().publicKey()).isEmpty();
        pair.aSends("nothing");
        assertThat(pair.sent).isEmpty();
        pair.bSends("anyone");
        assertThat(pair.verdicts).containsExactly(Verdict.NOT_LISTENING);
    }

    @Test
    void linkDownForgetsSessionsAndHandshakes() {
        long before = KeyVault.liveCells();
        pair.aSends("hello");
        pair.a.engine().stop(pair.now());
        pair.b.engine().stop(pair.now());
        assertThat(pair.peerB.current()).isNull();
        assertThat(pair.a.indexTable().size()).isZero();
        assertThat(pair.a.engine().runTimers(pair.now() + 1000 * SECOND)).isEqualTo(PeerTimers.NEVER);
        // what is left is the static secret of each end, worked out meanwhile
        assertThat(KeyVault.liveCells()).isEqualTo(before + 2);
        pair.aSends("down");
        assertThat(pair.delivered).containsExactly("b:hello");
    }

    /** R13: a new session every few seconds for an hour, nothing lost, old keys wiped. */
    @Test
    void fastRenewalLosesNothingAndWipesOldKeys() {
        ParameterSet fast = ParameterSet.DEFAULTS
                .with(Parameter.REKEY_AFTER_TIME, new ParameterValue.Range(UintRange.of(2)))
                .with(Parameter.REKEY_TIMEOUT, new ParameterValue.Range(UintRange.of(1)));
        pair.a.setParameters(fast, pair.now());
        pair.b.setParameters(fast, pair.now());
        pair.aSends("begin");
        pair.advance(10 * SECOND);
        pair.aSends("second");
        long cells = KeyVault.liveCells();
        pair.delivered.clear();
        pair.sent.clear();
        int packets = 0;
        int renewals = 0;
        for (long end = pair.now() + 3600 * SECOND; pair.now() < end; packets += 2) {
            pair.advance(SECOND / 2);
            pair.aSends("to b " + packets);
            pair.bSends("to a " + packets);
            renewals += pair.sentBy(pair.a, INITIATION).size();
            pair.sent.clear();
        }
        assertThat(pair.delivered).hasSize(packets).doesNotHaveDuplicates();
        assertThat(renewals).isBetween(1000, 1800);
        assertThat(KeyVault.liveCells()).isLessThanOrEqualTo(cells + 8);
        assertThat(pair.a.indexTable().size()).isLessThanOrEqualTo(4);
    }
}
