package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When an LSP is given up because its packets are spoilt. */
final class FailureWatchTest {
    private static final long SECOND = 1_000_000_000L;

    private final FailureWatch watch = new FailureWatch(0);

    @Test
    void sixteenFailuresAreTolerated() {
        for (int i = 0; i < 16; i++) {
            assertThat(watch.count(Verdict.AEAD, i)).isFalse();
        }
        assertThat(watch.count(Verdict.LSP_NUMBER, 16)).isTrue();
    }

    @Test
    void onePercentIsTolerated() {
        for (int i = 0; i < 1683; i++) {
            assertThat(watch.count(Verdict.ACCEPTED, 0)).isFalse();
        }
        for (int i = 0; i < 17; i++) {
            assertThat(watch.count(Verdict.AEAD, SECOND)).isFalse();
        }
        assertThat(watch.count(Verdict.AEAD, SECOND)).as("18 of 1701").isTrue();
    }

    @Test
    void otherDropsAreNobodysFault() {
        for (int i = 0; i < 100; i++) {
            assertThat(watch.count(Verdict.REPLAYED, 0)).isFalse();
            assertThat(watch.count(Verdict.DUPLICATE, 0)).isFalse();
            assertThat(watch.count(Verdict.EPOCH, 0)).isFalse();
        }
    }

    @Test
    void whatIsTenSecondsOldIsForgotten() {
        for (int i = 0; i < 16; i++) {
            assertThat(watch.count(Verdict.AEAD, 0)).isFalse();
        }
        assertThat(watch.count(Verdict.AEAD, 10 * SECOND)).isFalse();
        for (int i = 0; i < 15; i++) {
            assertThat(watch.count(Verdict.AEAD, 19 * SECOND)).isFalse();
        }
        assertThat(watch.count(Verdict.AEAD, 20 * SECOND - 1)).isTrue();
    }

    @Test
    void aLongSilenceForgetsAll() {
        for (int i = 0; i < 16; i++) {
            assertThat(watch.count(Verdict.AEAD, 0)).isFalse();
        }
        assertThat(watch.count(Verdict.AEAD, 1_000_000 * SECOND)).isFalse();
    }
}
