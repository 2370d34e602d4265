package skyawg.protocol.liveness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;

final class EndToEndPulseTest {
    private static final long MILLI = 1_000_000L;

    /** Silence of the user in ms, interval in ms. */
    @ParameterizedTest
    @CsvSource({"0, 100", "4999, 100", "5000, 1000", "59999, 1000", "60000, 10000", "1000000, 10000"})
    void intervalGrowsWithTheUsersSilence(long silenceMillis, long intervalMillis) {
        long now = 5_000_000_000_000L;
        long lastUserData = now - silenceMillis * MILLI;
        assertThat(EndToEndPulse.interval(lastUserData, now)).isEqualTo(intervalMillis * MILLI);
        Entropy entropy = new SeededEntropy(1);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 1000; i++) {
            long wait = EndToEndPulse.jittered(intervalMillis * MILLI, EndToEndPulse.drawJitter(entropy));
            shortest = Math.min(shortest, wait);
            longest = Math.max(longest, wait);
        }
        assertThat(shortest / (double) MILLI).isBetween(0.749 * intervalMillis, 0.76 * intervalMillis);
        assertThat(longest / (double) MILLI).isBetween(1.24 * intervalMillis, 1.2501 * intervalMillis);
    }
}
