package skyawg.mesh.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;

import org.junit.jupiter.api.Test;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

final class FreshnessTest {
    private static final double EXACT = 1e-9;

    private final NodeSample sample = Population.sample(1);
    private final AddressedRecord record = new Population(1).anywhere(TRANSIT, 15);
    private final PublicKey key = record.node().staticKey();

    private double at(long unixSeconds) {
        Claim claim = sample.find(key).orElseThrow().current(unixSeconds).orElseThrow();
        return Freshness.of(claim, unixSeconds);
    }

    @Test
    void halvesWithTimeAndNeverEnds() {
        sample.offer(record, Population.discovery(record, 1), NOW);
        assertThat(at(NOW)).isEqualTo(1);
        assertThat(at(NOW - 10)).as("a clock that was set back").isEqualTo(1);
        assertThat(at(NOW + 120)).isCloseTo(0.5, within(EXACT));
        assertThat(at(NOW + 360)).isCloseTo(0.125, within(EXACT));
        assertThat(at(NOW + Population.DAY)).isPositive();
    }

    @Test
    void whatIsHeardAgainIsFresh() {
        sample.offer(record, Population.discovery(record, 1), NOW);
        sample.offer(record, Population.discovery(record, 1), NOW + 600);
        assertThat(at(NOW + 600)).isEqualTo(1);
    }

    @Test
    void aFailureCountsUntilTheNodeIsHeardOfOrSucceeds() {
        sample.offer(record, Population.discovery(record, 1), NOW);
        sample.failed(key, Failure.SILENT_PATH, NOW + 1);
        assertThat(at(NOW + 1)).isLessThan(0.1);
        sample.succeeded(key, NOW + 2);
        assertThat(at(NOW + 2)).isGreaterThan(0.9);
        sample.failed(key, Failure.SILENT_PATH, NOW + 3);
        sample.offer(record, Population.discovery(record, 1), NOW + 4);
        assertThat(at(NOW + 4)).isEqualTo(1);
    }

    @Test
    void theOperatorsListStaysFresh() {
        sample.offer(record, Origin.staticEntry(key), NOW);
        assertThat(at(NOW + Population.DAY)).isEqualTo(1);
    }
}
