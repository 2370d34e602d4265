package skyawg.mesh.lsp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a silent neighbour is asked, and how long its answers are waited for. */
final class SilenceTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long DETECTION = 150 * MILLISECOND;

    private final Silence silence = new Silence();

    @Test
    void asksFromFourTenthsOfTheTimeOn() {
        assertThat(silence.look(0, DETECTION, 59 * MILLISECOND)).isFalse();
        assertThat(silence.nextLook()).isEqualTo(60 * MILLISECOND);
        assertThat(silence.look(0, DETECTION, 60 * MILLISECOND)).isTrue();
        assertThat(silence.look(0, DETECTION, 61 * MILLISECOND)).isFalse();
        assertThat(silence.nextLook()).isEqualTo(67_500_000L);
        assertThat(silence.look(0, DETECTION, 68 * MILLISECOND)).isTrue();
    }

    @Test
    void waitsForTheAnswersToFourPolls() {
        silence.onQuestion(0);
        silence.onAnswer(40 * MILLISECOND);
        silence.look(40 * MILLISECOND, DETECTION, 100 * MILLISECOND);
        assertThat(silence.earliestEnd()).isEqualTo((100 + 3 * 15 / 2 + 60) * MILLISECOND + 500_000L);
    }

    @Test
    void aNodeThatWasHeldUpAsksFirst() {
        silence.onQuestion(0);
        silence.onAnswer(MILLISECOND);
        long late = 900 * MILLISECOND;
        assertThat(silence.look(MILLISECOND, DETECTION, late)).isTrue();
        assertThat(silence.earliestEnd()).isGreaterThan(late + 50 * MILLISECOND);
    }

    @Test
    void theNextSilenceIsAskedAboutAnew() {
        silence.look(0, DETECTION, 100 * MILLISECOND);
        assertThat(silence.look(110 * MILLISECOND, DETECTION, 120 * MILLISECOND))
                .isFalse();
        assertThat(silence.earliestEnd()).isEqualTo(110 * MILLISECOND);
    }

    @Test
    void answersToPollsOfASilentNeighbourTellNoRoundTrip() {
        silence.onQuestion(0);
        silence.onAnswer(20 * MILLISECOND);
        silence.look(20 * MILLISECOND, DETECTION, 100 * MILLISECOND);
        silence.onQuestion(105 * MILLISECOND);
        silence.onAnswer(106 * MILLISECOND);
        assertThat(silence.roundTripNanos()).isEqualTo(20 * MILLISECOND);
    }
}
