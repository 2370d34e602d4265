package skyawg.protocol.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.KeyVault;

/**
 * C11: a thousand seeds, an hour of virtual time each. A failure names its seed; {@code SIMULATION_SEED=n} runs that
 * one alone.
 */
final class SimulationTest {
    private static final int SEEDS = 1000;
    private static final long FIRST_SEED = 1;

    private record Outcome(long sent, long delivered, int troubles, long worstRecovery, long digest) {}

    @Test
    void tunnelsSurviveEveryKindOfTrouble() throws InterruptedException, ExecutionException {
        String only = System.getenv("SIMULATION_SEED");
        long first = only == null ? FIRST_SEED : Long.parseLong(only);
        int seeds = only == null ? (int) Campaign.size("C11 simulated hours", SEEDS) : 1;
        List<Future<Outcome>> running = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            for (long seed = first; seed < first + seeds; seed++) {
                long mine = seed;
                running.add(threads.submit(() -> run(mine, only != null)));
            }
            long sent = 0;
            long delivered = 0;
            int troubles = 0;
            long worst = 0;
            for (Future<Outcome> future : running) {
                Outcome outcome = outcome(future, threads);
                sent += outcome.sent;
                delivered += outcome.delivered;
                troubles += outcome.troubles;
                worst = Math.max(worst, outcome.worstRecovery);
            }
            System.out.printf(
                    "C11: %d seeds from %d, %d troubles, %d packets, %d delivered, worst recovery %d ms%n",
                    seeds, first, troubles, sent, delivered, worst / World.MILLI);
            assertThat(troubles).isGreaterThan(5 * seeds);
            assertThat(delivered).isGreaterThan(sent / 2);
        }
    }

    @Test
    void sameSeedGivesTheSameRun() {
        Outcome once = run(4711, false);
        assertThat(run(4711, false)).isEqualTo(once);
        assertThat(run(4712, false).digest).isNotEqualTo(once.digest);
    }

    @Test
    void leavesNoKeyBehind() {
        long before = KeyVault.liveCells();
        run(42, false);
        assertThat(KeyVault.liveCells()).isEqualTo(before);
    }

    /** At the first failure the seeds that have not begun are left out. */
    private static Outcome outcome(Future<Outcome> future, ExecutorService threads)
            throws InterruptedException, ExecutionException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            threads.shutdownNow();
            throw e;
        }
    }

    private static Outcome run(long seed, boolean isTraced) {
        try (SimulatedHour hour = new SimulatedHour(seed, isTraced)) {
            hour.run();
            Invariants invariants = hour.invariants();
            return new Outcome(
                    invariants.sentCount(),
                    invariants.deliveredCount(),
                    hour.troubles(),
                    hour.worstRecovery(),
                    invariants.digest());
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + " (SIMULATION_SEED=" + seed + "): " + e.getMessage(), e);
        }
    }
}
