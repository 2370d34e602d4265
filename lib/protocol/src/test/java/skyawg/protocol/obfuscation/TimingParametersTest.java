package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.UintRange;

final class TimingParametersTest {
    private final SeededEntropy entropy = new SeededEntropy(2);

    @Test
    void unsetTimesAreWireGuards() {
        TimingParameters timing = TimingParameters.DEFAULTS;
        assertThat(timing.drawRekeyAfterMillis(entropy)).isEqualTo(120_000);
        assertThat(timing.drawRekeyTimeoutMillis(entropy)).isEqualTo(5_000);
        assertThat(timing.drawRejectAfterMillis(entropy)).isEqualTo(180_000);
        assertThat(timing.drawKeepaliveTimeoutMillis(entropy)).isEqualTo(10_000);
        assertThat(timing.drawMaxHandshakeAttempts(entropy)).isEqualTo(18);
        assertThat(timing.maxRejectAfterMillis()).isEqualTo(180_000);
        assertThat(timing.minRekeyTimeoutMillis()).isEqualTo(5_000);
        assertThat(timing.minKeepaliveTimeoutMillis()).isEqualTo(10_000);
        assertThat(timing.maxKeepaliveTimeoutMillis()).isEqualTo(10_000);
    }

    @Test
    void drawsWholeRangesInMilliseconds() {
        UintRange range = new UintRange(100, 150);
        long least = Long.MAX_VALUE;
        long most = 0;
        boolean isEverBetweenSeconds = false;
        for (int i = 0; i < 100_000; i++) {
            long millis = TimingParameters.drawMillis(range, entropy);
            assertThat(millis).isBetween(100_000L, 150_000L);
            least = Math.min(least, millis);
            most = Math.max(most, millis);
            isEverBetweenSeconds |= millis % 1000 != 0;
        }
        assertThat(least).isLessThan(100_010);
        assertThat(most).isGreaterThan(149_990);
        assertThat(isEverBetweenSeconds).isTrue();
    }

    @Test
    void aRangeFromZeroIsSet() {
        TimingParameters timing = TimingParameters.of(ParameterTexts.parse("keepalive_timeout=0-2"));
        assertThat(timing.keepaliveTimeout()).isEqualTo(new UintRange(0, 2));
        assertThat(timing.minKeepaliveTimeoutMillis()).isZero();
    }
}
