package skyawg.mesh.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;

import org.junit.jupiter.api.Test;
import skyawg.protocol.record.NodeRecord;

final class MeasurementsTest {
    private final Population population = new Population(7);
    private final Measurements measured = new Measurements();

    private void fail(Failure failure) {
        measured.failed(failure, true, NOW);
    }

    @Test
    void aRestDoublesWithEachFailureInARowAndEndsWithASuccess() {
        fail(Failure.SILENT_PATH);
        assertThat(measured.isResting(NOW)).as("shared by all hops of the path").isFalse();
        fail(Failure.SILENT_PATH);
        assertThat(measured.isResting(NOW + 29)).isTrue();
        assertThat(measured.isResting(NOW + 30)).isFalse();
        fail(Failure.BROKEN_LINK);
        assertThat(measured.isResting(NOW + 59)).isTrue();
        assertThat(measured.isResting(NOW + 60)).isFalse();
        assertThat(measured.isResting(NOW - 1)).as("a clock set back").isFalse();
        for (int i = 0; i < 50; i++) {
            fail(Failure.BLACK_HOLE);
        }
        assertThat(measured.isResting(NOW + 599)).isTrue();
        assertThat(measured.isResting(NOW + 600)).isFalse();
        measured.succeeded();
        assertThat(measured.isResting(NOW)).isFalse();
    }

    @Test
    void aLinkThatIsTooNarrowRestsTenMinutes() {
        fail(Failure.PATH_MTU);
        assertThat(measured.isResting(NOW + 599)).isTrue();
        assertThat(measured.isResting(NOW + 600)).isFalse();
    }

    @Test
    void whatIsLongAgoFades() {
        for (int i = 0; i < 64; i++) {
            fail(Failure.SILENT);
        }
        double bad = measured.successRate();
        for (int i = 0; i < 300; i++) {
            measured.succeeded();
        }
        assertThat(bad).isLessThan(0.05);
        assertThat(measured.successRate()).isGreaterThan(0.9);
        assertThat(measured.setups()).isLessThanOrEqualTo(64);
    }

    @Test
    void aRateMustBeSeenBeforeItCounts() {
        NodeRecord boaster = population.record(TRANSIT, 255, 0);
        NodeRecord modest = population.record(TRANSIT, 15, 0);
        assertThat(Weight.of(boaster, measured)).isEqualTo(Weight.of(modest, measured));
        measured.addRate(100_000);
        assertThat(Weight.of(boaster, measured)).isGreaterThan(6 * Weight.of(modest, measured));
    }

    @Test
    void whatFailsAndWhatIsFarWeighsLess() {
        NodeRecord record = population.record(TRANSIT, 15, 0);
        measured.addRtt(10_000);
        Measurements far = new Measurements();
        far.addRtt(300_000);
        Measurements failing = new Measurements();
        failing.addRtt(10_000);
        failing.failed(Failure.SILENT, false, NOW);
        assertThat(Weight.of(record, far)).isLessThan(Weight.of(record, measured));
        assertThat(Weight.of(record, failing)).isLessThan(Weight.of(record, measured));
    }
}
