package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.simulation.NodePair.MILLI;
import static skyawg.protocol.simulation.NodePair.SECOND;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.simulation.NodePair.Sent;

/**
 * The table of timers, line by line, on a clock that the test moves. Plain WireGuard, so lengths tell messages apart.
 */
final class TimersTest {
    private static final int INITIATION = 148;
    private static final int RESPONSE = 92;
    private static final int KEEPALIVE = 32;
    private static final long JITTER = 333 * MILLI;

    private final NodePair pair = new NodePair(7);

    @AfterEach
    void closePair() {
        pair.close();
    }

    /** A has begun a session with B; both are idle. */
    private void establish() {
        pair.aSends("hello");
        pair.bSends("hello");
        pair.sent.clear();
    }

    private List<Sent> initiationsOfA() {
        return pair.sentBy(pair.a, INITIATION);
    }

    @Test
    void initiationIsRepeatedAfterRekeyTimeoutAndJitter() {
        pair.isCut = true;
        pair.aSends("lost");
        pair.advance(95 * SECOND);
        List<Sent> initiations = initiationsOfA();
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < initiations.size(); i++) {
            gaps.add(initiations.get(i).nanos() - initiations.get(i - 1).nanos());
        }
        assertThat(gaps).hasSizeGreaterThan(15).allMatch(gap -> gap >= 5 * SECOND && gap <= 5 * SECOND + JITTER);
        assertThat(gaps).doesNotContainSequence(gaps.get(0), gaps.get(0), gaps.get(0));
    }

    @Test
    void attemptIsGivenUpAfterTwentyInitiations() {
        pair.isCut = true;
        pair.aSends("lost");
        pair.advance(300 * SECOND);
        assertThat(initiationsOfA()).hasSize(20);
        assertThat(pair.sentBy(pair.a)).hasSize(20);
    }

    @Test
    void givingUpDropsWhatWasStagedAndTrafficBeginsAfresh() {
        pair.isCut = true;
        pair.aSends("lost");
        pair.advance(300 * SECOND);
        pair.isCut = false;
        pair.aSends("found");
        assertThat(pair.delivered).containsExactly("b:found");
    }

    @Test
    void givingUpErasesKeysLater() {
        establish();
        pair.isCut = true;
        // the session's own erasure is due 540 s after its making; that of the attempt must not come instead
        pair.advance(200 * SECOND);
        pair.aSends("lost");
        pair.advance(339 * SECOND);
        assertThat(pair.peerB.current()).isNotNull();
        pair.advance(2 * SECOND);
        assertThat(pair.peerB.current()).isNull();
    }

    @Test
    void numberOfAttemptsFollowsTheParameter() {
        setBoth(Parameter.MAX_HANDSHAKE_ATTEMPTS, 3, 3);
        pair.isCut = true;
        pair.aSends("lost");
        pair.advance(300 * SECOND);
        assertThat(initiationsOfA()).hasSize(5);
    }

    @Test
    void passiveKeepaliveFollowsUnansweredData() {
        establish();
        pair.aSends("question");
        long asked = pair.now();
        pair.advance(9 * SECOND + 999 * MILLI);
        assertThat(pair.sentBy(pair.b)).isEmpty();
        pair.advance(SECOND);
        assertThat(pair.sentBy(pair.b, KEEPALIVE))
                .singleElement()
                .satisfies(one -> assertThat(one.nanos() - asked).isEqualTo(10 * SECOND));
        pair.advance(60 * SECOND);
        assertThat(pair.sentBy(pair.b)).hasSize(1);
    }

    @Test
    void dataReceivedWhileAKeepaliveIsDueAsksForAnother() {
        establish();
        pair.aSends("one");
        long asked = pair.now();
        pair.advance(5 * SECOND);
        pair.aSends("two");
        pair.advance(60 * SECOND);
        assertThat(pair.sentBy(pair.b, KEEPALIVE).stream().map(one -> one.nanos() - asked))
                .containsExactly(10 * SECOND, 20 * SECOND);
    }

    @Test
    void answerCancelsThePassiveKeepalive() {
        establish();
        pair.aSends("question");
        pair.advance(5 * SECOND);
        pair.bSends("answer");
        pair.advance(8 * SECOND);
        assertThat(pair.sentBy(pair.b, KEEPALIVE)).isEmpty();
    }

    @Test
    void keepaliveIsNotAnswered() {
        establish();
        pair.aSends("question");
        pair.advance(100 * SECOND);
        assertThat(pair.sentBy(pair.b)).hasSize(1);
        assertThat(pair.sentBy(pair.a)).hasSize(1);
    }

    @Test
    void silenceAfterDataBeginsAHandshake() {
        establish();
        pair.isCut = true;
        pair.aSends("unheard");
        long asked = pair.now();
        pair.advance(3 * SECOND);
        pair.aSends("unheard");
        pair.advance(16 * SECOND);
        assertThat(initiationsOfA())
                .singleElement()
                .satisfies(one -> assertThat(one.nanos() - asked).isBetween(15 * SECOND, 15 * SECOND + JITTER));
    }

    @Test
    void anythingHeardCancelsThatHandshake() {
        establish();
        pair.aSends("question");
        pair.advance(100 * SECOND);
        assertThat(initiationsOfA()).isEmpty();
    }

    @Test
    void initiatorRenewsWhenItSendsAfterRekeyAfterTime() {
        establish();
        pair.advance(119 * SECOND);
        pair.aSends("before");
        assertThat(initiationsOfA()).isEmpty();
        pair.advance(2 * SECOND);
        pair.aSends("after");
        assertThat(initiationsOfA()).hasSize(1);
        assertThat(pair.delivered).endsWith("b:before", "b:after");
    }

    @Test
    void responderDoesNotRenewOnTime() {
        establish();
        pair.advance(121 * SECOND);
        pair.bSends("late");
        assertThat(pair.sentBy(pair.b, INITIATION)).isEmpty();
    }

    @Test
    void initiatorRenewsOnceWhenItReceivesShortlyBeforeRejectAfterTime() {
        establish();
        Keypair session = requireNonNull(pair.peerB.current());
        pair.advance(164 * SECOND);
        pair.bSends("before");
        assertThat(initiationsOfA()).isEmpty();
        pair.advance(2 * SECOND);
        pair.bSends("after");
        assertThat(initiationsOfA()).hasSize(1);
        assertThat(pair.peerB.current()).isNotSameAs(session);
    }

    @Test
    void expiredSessionIsReplacedBeforeAnythingIsSent() {
        establish();
        pair.advance(180 * SECOND);
        pair.b.sendPacket(pair.peerA, NodePair.packet("late"), pair.now());
        assertThat(pair.sentBy(pair.b)).extracting(one -> one.bytes().length).containsExactly(INITIATION);
        pair.settle();
        assertThat(pair.delivered).endsWith("a:late");
    }

    @Test
    void expiredSessionIsNotAcceptedFromThePeer() {
        establish();
        pair.isCut = true;
        pair.jump(170 * SECOND);
        pair.b.sendPacket(pair.peerA, NodePair.packet("delayed"), pair.now());
        byte[] delayed = pair.sentBy(pair.b).getLast().bytes();
        pair.jump(11 * SECOND);
        pair.inject(pair.a, delayed);
        assertThat(pair.delivered).doesNotContain("a:delayed");
    }

    @Test
    void keysAreErasedAfterThreeLifetimes() {
        establish();
        pair.advance(539 * SECOND);
        assertThat(pair.peerB.current()).isNotNull();
        pair.advance(2 * SECOND);
        assertThat(pair.peerB.current()).isNull();
        assertThat(pair.peerA.current()).isNull();
        assertThat(pair.a.indexTable().size()).isZero();
        assertThat(pair.b.indexTable().size()).isZero();
    }

    @Test
    void persistentKeepaliveIsSentAtOnceAndThenInIdleTime() {
        establish();
        pair.b.engine().setPersistentKeepalive(pair.peerA, new UintRange(25, 25), pair.now());
        assertThat(pair.sentBy(pair.b, KEEPALIVE)).hasSize(1);
        long begun = pair.now();
        pair.advance(10 * SECOND);
        pair.aSends("in between");
        pair.advance(50 * SECOND);
        // 10 s after the data its passive keepalive, and from there on every 25 s
        assertThat(pair.sentBy(pair.b, KEEPALIVE).stream().map(one -> one.nanos() - begun))
                .containsExactly(0L, 20 * SECOND, 45 * SECOND);
    }

    @Test
    void persistentKeepaliveIsDrawnAnewEachTimeInMilliseconds() {
        establish();
        pair.a.engine().setPersistentKeepalive(pair.peerB, new UintRange(20, 40), pair.now());
        pair.advance(2000 * SECOND);
        List<Long> gaps = new ArrayList<>();
        List<Sent> keepalives = pair.sentBy(pair.a, KEEPALIVE);
        for (int i = 1; i < keepalives.size(); i++) {
            gaps.add((keepalives.get(i).nanos() - keepalives.get(i - 1).nanos()) / MILLI);
        }
        assertThat(gaps).hasSizeGreaterThan(30).allMatch(gap -> gap <= 40_000);
        assertThat(gaps.stream().filter(gap -> gap >= 20_000).distinct()).hasSizeGreaterThan(20);
        assertThat(gaps.stream().filter(gap -> gap % 1000 != 0)).hasSizeGreaterThan(20);
    }

    @Test
    void linkUpSendsAPersistentKeepalive() {
        pair.a.engine().stop(pair.now());
        pair.a.engine().setPersistentKeepalive(pair.peerB, new UintRange(25, 25), pair.now());
        assertThat(pair.sent).isEmpty();
        pair.a.engine().start(pair.now());
        pair.settle();
        assertThat(initiationsOfA()).hasSize(1);
        assertThat(pair.keepalives).isEqualTo(1);
    }

    @Test
    void initiationsKeepTheirDistance() {
        pair.isCut = true;
        for (int i = 0; i < 40; i++) {
            pair.aSends("lost");
            pair.advance(100 * MILLI);
        }
        assertThat(initiationsOfA()).hasSize(1);
    }

    @Test
    void responseCountsForTheDistanceAndTheInitiationIsPutOff() {
        pair.isCut = true;
        pair.bSends("b begins");
        pair.inject(pair.a, pair.sentBy(pair.b, INITIATION).getFirst().bytes());
        assertThat(pair.sentBy(pair.a, RESPONSE)).hasSize(1);
        long answered = pair.now();
        pair.advance(SECOND);
        pair.aSends("waiting");
        pair.advance(7 * SECOND);
        assertThat(initiationsOfA())
                .singleElement()
                .satisfies(one -> assertThat(one.nanos() - answered).isBetween(5 * SECOND, 5 * SECOND + JITTER));
    }

    @Test
    void sessionTimesAreDrawnOncePerSession() {
        setBoth(Parameter.REKEY_AFTER_TIME, 100, 150);
        pair.aSends("begin");
        List<Long> ages = new ArrayList<>();
        long begun = pair.now();
        while (ages.size() < 60) {
            pair.advance(250 * MILLI);
            int before = initiationsOfA().size();
            pair.aSends("busy");
            if (initiationsOfA().size() > before) {
                ages.add(pair.now() - begun);
                begun = pair.now();
                pair.sent.clear();
            }
        }
        // sixty draws from 100 to 150 s: all in range, and not at its low end
        assertThat(ages).allMatch(age -> age >= 100 * SECOND && age <= 151 * SECOND);
        assertThat(ages.stream().mapToLong(age -> age / SECOND).average().orElseThrow())
                .isBetween(118.0, 132.0);
        assertThat(ages.stream().distinct()).hasSizeGreaterThan(40);
    }

    @Test
    void changedTimingAppliesToTheSessionThatIsThere() {
        establish();
        pair.advance(30 * SECOND);
        setBoth(Parameter.REKEY_AFTER_TIME, 20, 20);
        pair.aSends("late now");
        assertThat(initiationsOfA()).hasSize(1);
    }

    @Test
    void sleepingThroughASessionMakesANewOneAtOnce() {
        establish();
        pair.jump(8 * 3600 * SECOND);
        pair.aSends("awake");
        assertThat(pair.delivered).endsWith("b:awake");
        assertThat(initiationsOfA()).hasSize(1);
        assertThat(pair.sentBy(pair.b, RESPONSE)).hasSize(1);
    }

    private void setBoth(Parameter parameter, long low, long high) {
        ParameterSet set =
                ParameterSet.DEFAULTS.with(Map.of(parameter, new ParameterValue.Range(new UintRange(low, high))));
        pair.a.setParameters(set, pair.now());
        pair.b.setParameters(set, pair.now());
    }
}
