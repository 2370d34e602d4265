package skyawg.protocol.mpls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;

/** The asker's three tries, and what limits the answers. */
final class LinkTestTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1000 * MILLI;
    private static final long START = nearTheClocksEnd();

    private final PathMtuProbe probe = new PathMtuProbe();

    /** The clock may begin anywhere, and passes through its greatest number. */
    private static long nearTheClocksEnd() {
        return Long.MAX_VALUE - 2 * SECOND;
    }

    @Test
    void asksThreeTimesThenTakesNoLspsForTenMinutes() {
        assertThat(probe.advance(START)).isFalse();
        probe.begin(7, START);
        int asked = 0;
        for (long at = 0; at < 600 * SECOND + 900 * MILLI; at += 100 * MILLI) {
            boolean isAsk = probe.advance(START + at);
            asked += isAsk ? 1 : 0;
            if (isAsk) {
                assertThat(at % (300 * MILLI)).isZero();
            }
            PathMtuProbe.State expected = at < 900 * MILLI ? PathMtuProbe.State.ASKING : PathMtuProbe.State.FAILED;
            assertThat(probe.state()).isEqualTo(expected);
        }
        assertThat(asked).isEqualTo(3);
        assertThat(probe.advance(START + 600 * SECOND + 900 * MILLI)).isFalse();
        assertThat(probe.state()).isEqualTo(PathMtuProbe.State.UNTESTED);
        assertThat(probe.nextDeadline()).isEqualTo(PathMtuProbe.NEVER);
    }

    @Test
    void answerWithTheTokenPasses() {
        probe.begin(7, 0);
        assertThat(probe.onAnswer(7)).as("before anything was asked").isFalse();
        assertThat(probe.advance(0)).isTrue();
        assertThat(probe.onAnswer(8)).isFalse();
        assertThat(probe.onAnswer(7)).isTrue();
        assertThat(probe.state()).isEqualTo(PathMtuProbe.State.PASSED);
        assertThat(probe.onAnswer(7)).isFalse();
        assertThat(probe.advance(100 * SECOND)).isFalse();
    }

    @Test
    void newEndpointIsTestedAnew() {
        probe.begin(7, 0);
        for (int i = 0; i <= 3; i++) {
            probe.advance(300 * MILLI * i);
        }
        assertThat(probe.state()).isEqualTo(PathMtuProbe.State.FAILED);
        probe.begin(9, SECOND);
        assertThat(probe.advance(SECOND)).isTrue();
        assertThat(probe.onAnswer(7)).as("token of the test before").isFalse();
        assertThat(probe.onAnswer(9)).isTrue();
    }

    @Property(tries = 200)
    void allowanceHoldsInAnySecond(@ForAll @IntRange(min = 1, max = 10) int perSecond, @ForAll long seed) {
        MessageAllowance allowance = new MessageAllowance(perSecond);
        List<Long> sent = new ArrayList<>();
        SeededEntropy random = new SeededEntropy(seed);
        long now = START;
        for (int i = 0; i < 300; i++) {
            now += random.uniform(0, 199) * MILLI;
            if (allowance.take(now)) {
                sent.add(now);
            }
        }
        for (int i = perSecond; i < sent.size(); i++) {
            assertThat(sent.get(i) - sent.get(i - perSecond)).isGreaterThanOrEqualTo(SECOND);
        }
        assertThat(sent.size()).as("a steady asker gets its number").isGreaterThan(perSecond * 20);
    }

    @Test
    void allowanceIsAtLeastOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> new MessageAllowance(0));
    }
}
