package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When a packet thread rests. */
final class BarrenCyclesTest {
    private final BarrenCycles cycles = new BarrenCycles();

    @Test
    void restsAfterARowThatBroughtNothing() {
        for (int i = 1; i < BarrenCycles.PATIENCE; i++) {
            assertThat(cycles.needsRest(true, 0)).as("cycle " + i).isFalse();
        }
        assertThat(cycles.needsRest(true, 0)).isTrue();
        assertThat(cycles.needsRest(true, 0)).isTrue();
    }

    @Test
    void onePacketOfUseEndsTheRow() {
        exhaust();
        assertThat(cycles.needsRest(true, 1)).isFalse();
        assertThat(cycles.needsRest(true, 0)).isFalse();
    }

    @Test
    void wakeUpsWithoutInputNeitherRestNorCount() {
        for (int i = 0; i < 2 * BarrenCycles.PATIENCE; i++) {
            assertThat(cycles.needsRest(false, 0)).isFalse();
        }
        assertThat(cycles.needsRest(true, 0)).isFalse();
        exhaust();
        assertThat(cycles.needsRest(false, 0)).isFalse();
        assertThat(cycles.needsRest(true, 0)).isTrue();
    }

    private void exhaust() {
        for (int i = 0; i < BarrenCycles.PATIENCE; i++) {
            cycles.needsRest(true, 0);
        }
    }
}
