package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.protocol.simulation.NodePair.MILLI;
import static skyawg.protocol.simulation.NodePair.SECOND;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.wire.UdpPath;

/** A responder under load: A4, A5. */
final class LoadTest {
    private static final int INITIATION = 148;
    private static final int COOKIE_REPLY = 64;

    private final NodePair pair = new NodePair(3);

    @AfterEach
    void closePair() {
        pair.close();
    }

    private byte[] lastInitiation() {
        return pair.sentBy(pair.a, INITIATION).getLast().bytes();
    }

    @Test
    void loadBeginsAtAnEighthOfTheQueueAndEndsASecondAfter() {
        HandshakeEngine engine = pair.b.engine();
        assertThat(engine.underLoad(127, 0)).isFalse();
        assertThat(engine.underLoad(128, 10)).isTrue();
        assertThat(engine.underLoad(0, 10 + SECOND - 1)).isTrue();
        assertThat(engine.underLoad(0, 10 + SECOND)).isFalse();
    }

    @Test
    void peerConnectsWithItsSecondInitiation() {
        pair.b.setHandshakeQueueLength(500);
        pair.aSends("through");
        assertThat(pair.verdicts).containsExactly(Verdict.COOKIE_SENT, Verdict.COOKIE_ACCEPTED);
        assertThat(pair.b.indexTable().size()).isZero();
        pair.advance(5 * SECOND + 400 * MILLI);
        assertThat(pair.verdicts).endsWith(Verdict.INITIATION_ACCEPTED, Verdict.RESPONSE_ACCEPTED);
        assertThat(pair.delivered).containsExactly("b:through");
    }

    @Test
    void cookieServesForTwoMinutes() {
        pair.b.setHandshakeQueueLength(500);
        pair.aSends("first");
        pair.advance(110 * SECOND);
        pair.a.engine().stop(pair.now());
        pair.a.engine().start(pair.now());
        pair.verdicts.clear();
        pair.aSends("again");
        assertThat(pair.verdicts).startsWith(Verdict.INITIATION_ACCEPTED);
        pair.advance(20 * SECOND);
        pair.a.engine().stop(pair.now());
        pair.a.engine().start(pair.now());
        pair.verdicts.clear();
        pair.aSends("too late");
        assertThat(pair.verdicts).startsWith(Verdict.COOKIE_SENT);
    }

    @Test
    void cookieIsBoundToAddressAndPort() {
        pair.b.setHandshakeQueueLength(500);
        pair.aSends("first");
        pair.isCut = true;
        pair.advance(6 * SECOND);
        byte[] initiation = lastInitiation();
        IpAddress address = pair.pathToA.remote();
        pair.verdicts.clear();
        pair.b.receive(initiation, UdpPath.to(address, 0, pair.pathToA.port() + 1), pair.now());
        pair.b.receive(initiation, UdpPath.to(IpAddress.parse("192.0.2.77"), 0, pair.pathToA.port()), pair.now());
        pair.b.receive(initiation, UdpPath.to(IpAddress.parse("2001:db8::1"), 0, pair.pathToA.port()), pair.now());
        assertThat(pair.verdicts).containsExactly(Verdict.COOKIE_SENT, Verdict.COOKIE_SENT, Verdict.COOKIE_SENT);
        pair.inject(pair.b, initiation);
        assertThat(pair.verdicts).last().isEqualTo(Verdict.INITIATION_ACCEPTED);
    }

    @Test
    void sourceThatSendsTooMuchIsRefusedInSpiteOfItsCookie() {
        pair.b.setHandshakeQueueLength(500);
        pair.aSends("first");
        pair.isCut = true;
        pair.advance(6 * SECOND);
        byte[] initiation = lastInitiation();
        pair.verdicts.clear();
        for (int i = 0; i < 50; i++) {
            pair.inject(pair.b, initiation);
        }
        List<Verdict> verdicts = pair.verdicts;
        assertThat(verdicts.stream().filter(one -> one == Verdict.RATE_LIMITED)).hasSize(46);
        pair.advance(SECOND);
        pair.inject(pair.b, initiation);
        assertThat(verdicts).last().isEqualTo(Verdict.REPLAYED_TIMESTAMP);
    }

    /** A4: a flood with right mac1 from everywhere costs no state, and each answer is smaller than its question. */
    @Test
    void floodFromManyAddressesAllocatesNothing() {
        pair.isCut = true;
        pair.aSends("flood");
        byte[] initiation = lastInitiation();
        pair.b.setHandshakeQueueLength(500);
        pair.verdicts.clear();
        for (int i = 0; i < 10_000; i++) {
            pair.b.receive(initiation, UdpPath.to(IpAddress.v4(0x0a00_0000 + i), 0, 1000), pair.now());
        }
        assertThat(pair.verdicts).hasSize(10_000).containsOnly(Verdict.COOKIE_SENT);
        assertThat(pair.b.indexTable().size()).isZero();
        assertThat(pair.sentBy(pair.b)).hasSize(10_000).allMatch(one -> one.bytes().length == COOKIE_REPLY);
    }

    @Test
    void floodWithWrongMac1AllocatesNothingAndIsNotAnswered() {
        pair.isCut = true;
        pair.aSends("flood");
        byte[] initiation = lastInitiation();
        initiation[20] ^= 1;
        pair.verdicts.clear();
        for (int i = 0; i < 10_000; i++) {
            pair.inject(pair.b, initiation);
        }
        assertThat(pair.verdicts).hasSize(10_000).containsOnly(Verdict.WRONG_MAC1);
        assertThat(pair.b.indexTable().size()).isZero();
        assertThat(pair.sentBy(pair.b)).isEmpty();
    }

    /** A5 */
    @Test
    void disableCookiesAnswersNothingUnderLoad() {
        ParameterSet quiet = ParameterSet.DEFAULTS.with(Parameter.DISABLE_COOKIES, new ParameterValue.Switch(true));
        pair.b.setParameters(quiet, pair.now());
        pair.b.setHandshakeQueueLength(500);
        pair.aSends("unanswered");
        assertThat(pair.verdicts).containsExactly(Verdict.REFUSED_UNDER_LOAD);
        assertThat(pair.sentBy(pair.b)).isEmpty();
        pair.b.setHandshakeQueueLength(0);
        pair.advance(12 * SECOND);
        assertThat(pair.delivered).containsExactly("b:unanswered");
    }

    @Test
    void establishedTunnelIsNotTouchedByLoad() {
        pair.aSends("before");
        pair.b.setHandshakeQueueLength(1024);
        pair.aSends("during");
        pair.bSends("during");
        assertThat(pair.delivered).containsExactly("b:before", "b:during", "a:during");
    }
}
