package skyawg.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A small mesh for a few minutes, and what must be true of one of any size. */
final class MeshSimulationTest {
    private static final int SECONDS = 300;

    private static Simulation run(int nodes, double churnPercent, int seconds, long seed) {
        Simulation world = new Simulation(Settings.of(nodes, churnPercent, seconds, seed));
        world.runUntil(seconds);
        return world;
    }

    @Test
    void tunnelsComeUpAndFindWaysRoundWhatGoes() {
        Simulation world = run(200, 100, SECONDS, 1);
        Figures figures = world.figures();
        assertThat(world.ingresses()).hasSize(10);
        assertThat(figures.churnedNodes()).isGreaterThan(5);
        assertThat(world.ingresses()).allMatch(Ingress::isUp);
        assertThat(figures.worked()).isGreaterThan(30);
        assertThat(figures.otherLengths()).isZero();
        assertThat(figures.userPackets()).isGreaterThan(10_000);
        assertThat(figures.userPacketsByOtherWays()).isZero();
        assertThat(figures.leftDead().size()).isPositive();
    }

    @Test
    void aTunnelLeavesWhatHasDied() {
        Simulation world = run(200, 100, SECONDS, 2);
        long now = world.timeline().nowNanos();
        assertThat(world.ingresses()).allMatch(ingress -> ingress.paths().longestOverDead(now) < 45 * Timeline.SECOND);
    }

    @Test
    void everySetUpComesUpAtFirstTryWhereNobodyGoesAndNothingIsLost() {
        Settings settings = new Settings(200, 10, 10, 0, SECONDS, 0, 0, 30, 15, 120, 300, 3);
        Simulation world = new Simulation(settings);
        world.runUntil(SECONDS);
        assertThat(world.figures().setups()).isGreaterThan(30);
        assertThat(world.figures().firstTry()).isEqualTo(1);
    }

    @Test
    void mostSetUpsComeUpAtFirstTryThoughOthersGo() {
        Simulation world = run(200, 20, 2 * SECONDS, 6);
        assertThat(world.figures().setups()).isGreaterThan(60);
        assertThat(world.figures().firstTry()).isGreaterThan(0.85);
    }

    @Test
    void theSameSeedGivesTheSameReport() {
        String report = ReportText.of(run(120, 100, 200, 4));
        assertThat(ReportText.of(run(120, 100, 200, 4))).isEqualTo(report);
        assertThat(ReportText.of(run(120, 100, 200, 5))).isNotEqualTo(report);
    }
}
