package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.multipath.ModelTunnel.Outcome;
import skyawg.protocol.multipath.ModelTunnel.Path;

/**
 * One TCP flow over tunnels of several paths, in virtual time: what the schedulers and the resequencer reach. Each test
 * prints its figures. What the model assumes is said by {@link ModelTunnel}, {@link ModelLink} and {@link ModelTcp}.
 */
final class MultipathModelTest {
    private static final long FLOW_BEGINS = ModelTunnel.FLOW_BEGINS;
    private static final long FROM = FLOW_BEGINS + 2 * ModelTime.SECOND;
    private static final long UNTIL = FLOW_BEGINS + 27 * ModelTime.SECOND;
    private static final int SEEDS = 2;
    private static final long BLACK_HOLES = 6;
    private static final double MUCH_DISORDER = 0.005;

    private static final Path FAST = Path.plain(100, 20);

    @Test
    void twoEqualPathsCarryNearlyTwice() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Outcome outcome = run("2 x 100 Mbit/s, 20 ms", seed, true, EcfScheduler::new, FAST, FAST);
            assertThat(outcome.mbitPerSecond()).isGreaterThanOrEqualTo(180);
            assertThat(outcome.outOfOrderShare()).isLessThan(MUCH_DISORDER);
            assertThat(outcome.pathShares()).allMatch(share -> share > 0.4);
        }
    }

    @Test
    void threeEqualPathsCarryNearlyThrice() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Outcome outcome = run("3 x 100 Mbit/s, 20 ms", seed, true, EcfScheduler::new, FAST, FAST, FAST);
            assertThat(outcome.mbitPerSecond()).isGreaterThanOrEqualTo(255);
            assertThat(outcome.outOfOrderShare()).isLessThan(MUCH_DISORDER);
            assertThat(outcome.pathShares()).allMatch(share -> share > 0.25);
        }
    }

    /** Round trips of 20 and 120 ms, and, should delays one way be meant, of twice that. */
    @Test
    void anUnequalPathDoesNoHarm() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            for (int times = 1; times <= 2; times++) {
                Path better = Path.plain(100, times * 20);
                Path worse = Path.plain(20, times * 120);
                String name = "100 Mbit/s, " + times * 20 + " ms";
                double alone = run(name + " alone", seed, true, EcfScheduler::new, better)
                        .mbitPerSecond();
                Outcome both =
                        run(name + " + 20, " + times * 120 + " ms", seed, true, EcfScheduler::new, better, worse);
                assertThat(both.mbitPerSecond()).isGreaterThanOrEqualTo(0.95 * alone);
                assertThat(both.outOfOrderShare()).isLessThan(MUCH_DISORDER);
            }
        }
    }

    @Test
    void unequalDelaysJitterAndRenoStayInOrder() {
        Path jittery = FAST.withJitter(1);
        for (boolean isCubic : new boolean[] {true, false}) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                Outcome[] outcomes = {
                    run("2 x 100, 20 ms, jitter 1 ms", seed, isCubic, EcfScheduler::new, jittery, jittery),
                    run("100, 20 ms + 100, 40 ms", seed, isCubic, EcfScheduler::new, FAST, Path.plain(100, 40)),
                    run("100, 20 ms + 50, 30 ms", seed, isCubic, EcfScheduler::new, FAST, Path.plain(50, 30)),
                    run("2 x 100, 20 ms, again", seed, isCubic, EcfScheduler::new, FAST, FAST)
                };
                for (Outcome outcome : outcomes) {
                    assertThat(outcome.outOfOrderShare()).isLessThan(MUCH_DISORDER);
                    assertThat(outcome.mbitPerSecond()).isGreaterThan(94);
                }
            }
        }
    }

    @Test
    void otherSchedulersDoWhatTheySay() {
        Outcome weighted = run("2 x 100 weighted", 1, true, WeightedScheduler::new, FAST, FAST);
        assertThat(weighted.mbitPerSecond()).isGreaterThan(180);
        Outcome flow = run("2 x 100 flow", 1, true, FlowScheduler::new, FAST, FAST);
        assertThat(flow.outOfOrderShare()).isZero();
        assertThat(flow.pathShares()).contains(0.0);
        Outcome twice = run("2 x 100 duplicate, loss 1 %", 1, true, DuplicateScheduler::new, lossy(0.01), lossy(0.01));
        Outcome once = run("1 x 100, loss 1 %", 1, true, EcfScheduler::new, lossy(0.01));
        assertThat(twice.mbitPerSecond()).isGreaterThan(2 * once.mbitPerSecond());
        assertThat(twice.pathShares()).allMatch(share -> share > 0.99);
        assertThat(twice.suspicions()).isZero();
    }

    /** One of two paths swallows everything, or only one direction, and comes back later. */
    @Test
    void aBlackHoleIsLeftInLessThanHalfASecond() {
        int seeds = (int) Campaign.size("multipath black holes of each kind", BLACK_HOLES);
        for (int kind = 0; kind < 3; kind++) {
            boolean isForward = kind != 1;
            boolean isBackward = kind != 0;
            long worstStall = 0;
            double worstRate = Double.MAX_VALUE;
            double worstAfter = Double.MAX_VALUE;
            for (int seed = 1; seed <= seeds; seed++) {
                ModelTunnel tunnel = new ModelTunnel(seed, true, EcfScheduler::new, FAST, FAST);
                long cutAt = FLOW_BEGINS + 5 * ModelTime.SECOND + (seed * 7L) * ModelTime.MILLI;
                tunnel.measure(0, cutAt);
                tunnel.tcp.takeLongestStall();
                tunnel.cut(seed & 1, isForward, isBackward);
                Outcome during = tunnel.measure(cutAt + 2 * ModelTime.SECOND, cutAt + 6 * ModelTime.SECOND);
                worstStall = Math.max(worstStall, tunnel.tcp.takeLongestStall());
                tunnel.cut(seed & 1, false, false);
                Outcome after = tunnel.measure(cutAt + 10 * ModelTime.SECOND, cutAt + 14 * ModelTime.SECOND);
                worstRate = Math.min(worstRate, during.mbitPerSecond());
                worstAfter = Math.min(worstAfter, after.mbitPerSecond());
                assertThat(during.suspicions()).isPositive();
                assertThat(after.pathShares()).allMatch(share -> share > 0.1);
            }
            System.out.printf(
                    Locale.ROOT,
                    "multipath black hole%s%s, %d times: longest stall %d ms, slowest while it lasts %.1f Mbit/s,"
                            + " afterwards %.1f Mbit/s%n",
                    isForward ? " forward" : "",
                    isBackward ? " back" : "",
                    seeds,
                    worstStall / ModelTime.MILLI,
                    worstRate,
                    worstAfter);
            assertThat(worstStall).isLessThan(500 * ModelTime.MILLI);
            assertThat(worstRate).isGreaterThan(75);
            assertThat(worstAfter).isGreaterThan(150);
        }
    }

    @Test
    void sameSeedGivesTheSameRun() {
        Path jittery = FAST.withJitter(1);
        Outcome once = run("2 x 100, jitter", 5, true, EcfScheduler::new, jittery, jittery);
        assertThat(run("the same", 5, true, EcfScheduler::new, jittery, jittery))
                .isEqualTo(once);
        assertThat(run("another seed", 6, true, EcfScheduler::new, jittery, jittery))
                .isNotEqualTo(once);
    }

    private static Path lossy(double share) {
        return FAST.withLoss(share);
    }

    private static Outcome run(String name, long seed, boolean isCubic, Supplier<Scheduler> scheduler, Path... paths) {
        Outcome outcome = new ModelTunnel(seed, isCubic, scheduler, paths).measure(FROM, UNTIL);
        print(name, seed, isCubic, outcome);
        return outcome;
    }

    private static void print(String name, long seed, boolean isCubic, Outcome outcome) {
        StringBuilder shares = new StringBuilder();
        for (double share : outcome.pathShares()) {
            shares.append(String.format(Locale.ROOT, " %.0f", 100 * share));
        }
        System.out.printf(
                Locale.ROOT,
                "multipath %-28s %s seed %d: %6.1f Mbit/s, out of order %.3f %% (on arrival %.2f %%), paths%s %%,"
                        + " control %.2f %%, losses %d, timeouts %d, suspicions %d%n",
                name,
                isCubic ? "cubic" : "reno",
                seed,
                outcome.mbitPerSecond(),
                100 * outcome.outOfOrderShare(),
                100 * outcome.rawOutOfOrderShare(),
                shares,
                100 * outcome.controlShare(),
                outcome.lossEvents(),
                outcome.timeouts(),
                outcome.suspicions());
    }
}
