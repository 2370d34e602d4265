package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.wire.Memory;

/** What each scheduler chooses, on paths that were measured by one block each. */
final class SchedulerTest {
    private static final long MILLI = 1_000_000;
    private static final long NOW = 500 * MILLI;
    private static final int BODY = 1357;
    /** What a packet takes at the first guess of 100 Mbit/s. */
    private static final long TRANSMISSION = (long) (BODY / PathRate.FIRST_GUESS);

    private final Arena arena = Arena.ofConfined();
    private final long block = Memory.allocate(arena, AckBlock.LENGTH);
    private final SendPaths paths = new SendPaths();

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void choosesNothingWhenThereIsNoPath() {
        for (Scheduler scheduler : new Scheduler[] {
            new EcfScheduler(), new WeightedScheduler(), new FlowScheduler(), new DuplicateScheduler()
        }) {
            assertThat(scheduler.choose(paths, BODY, 1, NOW)).isEqualTo(SendPaths.NONE);
        }
    }

    @Test
    void ecfTakesTheNearerPathUntilItsQueueCostsMoreThanTheDetour() {
        add(1, 10);
        add(2, 15);
        EcfScheduler scheduler = new EcfScheduler();
        int onNearer = 0;
        while (scheduler.choose(paths, BODY, 1, NOW) == 0b01) {
            paths.path(0).onSent(BODY, true, NOW);
            onNearer++;
        }
        assertThat((double) onNearer).isCloseTo(5.0 * MILLI / TRANSMISSION, within(1.0));
        int[] counts = new int[2];
        for (int i = 0; i < 100; i++) {
            int slot = Integer.numberOfTrailingZeros(scheduler.choose(paths, BODY, 1, NOW));
            paths.path(slot).onSent(BODY, true, NOW);
            counts[slot]++;
        }
        assertThat(counts[0]).isBetween(49, 51);
    }

    @Test
    void ecfPrefersPathsThatWereMeasured() {
        paths.add(new SendPath(7, PathRole.ACTIVE, 0));
        assertThat(new EcfScheduler().choose(paths, BODY, 1, NOW)).isEqualTo(0b01);
        add(2, 40);
        assertThat(new EcfScheduler().choose(paths, BODY, 1, NOW)).isEqualTo(0b10);
    }

    @Test
    void ecfSpillsOverOnlyToWhatTheReceiverCanWaitFor() {
        add(1, 10);
        add(2, 45);
        add(3, 75);
        paths.setRole(1, PathRole.RETIRED);
        fillAndLose(paths.path(0));
        EcfScheduler scheduler = new EcfScheduler();
        long later = NOW + 100 * MILLI;
        assertThat(scheduler.choose(paths, BODY, 1, later)).isEqualTo(0b001);
        fill(paths.path(0), later, 10);
        assertThat(paths.path(0).hasRoom(BODY, later)).isFalse();
        assertThat(scheduler.choose(paths, BODY, 1, later))
                .as("75 ms are too far")
                .isEqualTo(0b001);
        paths.setRole(1, PathRole.ACTIVE);
        assertThat(scheduler.choose(paths, BODY, 1, later)).as("45 ms are not").isEqualTo(0b010);
    }

    @Test
    void weightedKeepsToTheWeights() {
        add(1, 10).setWeight(1);
        add(2, 10).setWeight(3);
        WeightedScheduler scheduler = new WeightedScheduler();
        int[] bytes = new int[2];
        for (int i = 0; i < 4000; i++) {
            int length = 100 + i * 7919 % 1300;
            bytes[Integer.numberOfTrailingZeros(scheduler.choose(paths, length, 1, NOW))] += length;
        }
        assertThat(bytes[1] / (double) bytes[0]).isCloseTo(3, within(0.01));
    }

    @Test
    void flowKeepsAFlowOnItsPathAndMovesOnlyThoseOfAPathThatGoes() {
        add(1, 10);
        add(2, 10);
        add(3, 10);
        FlowScheduler scheduler = new FlowScheduler();
        int[] before = new int[3000];
        int[] counts = new int[3];
        for (int flow = 0; flow < before.length; flow++) {
            before[flow] = scheduler.choose(paths, BODY, flow * 0x9e37_79b9, NOW);
            counts[Integer.numberOfTrailingZeros(before[flow])]++;
        }
        for (int count : counts) {
            assertThat(count).isBetween(850, 1150);
        }
        paths.setRole(1, PathRole.RETIRED);
        for (int flow = 0; flow < before.length; flow++) {
            int now = scheduler.choose(paths, BODY, flow * 0x9e37_79b9, NOW);
            assertThat(now).isNotEqualTo(0b010);
            assertThat(before[flow] == 0b010 || now == before[flow]).isTrue();
        }
    }

    @Test
    void duplicateTakesTheTwoNearest() {
        add(1, 30);
        assertThat(new DuplicateScheduler().choose(paths, BODY, 1, NOW)).isEqualTo(0b001);
        add(2, 10);
        add(3, 20);
        assertThat(new DuplicateScheduler().choose(paths, BODY, 1, NOW)).isEqualTo(0b110);
    }

    /** An active path whose one packet took this long to arrive, and was acknowledged at once. */
    private SendPath add(int lspNumber, int oneWayMillis) {
        SendPath path = new SendPath(lspNumber, PathRole.ACTIVE, 0);
        path.onSent(53, false, 0);
        AckBlock.write(block, lspNumber, 0, 0, oneWayMillis * 1000, 1, 53, 0);
        path.onAck(block, oneWayMillis * 1000, 2L * oneWayMillis * MILLI);
        paths.add(path);
        return path;
    }

    /** 10 ms of queue, of which a packet was lost. */
    private void fillAndLose(SendPath path) {
        int count = fill(path, NOW, 10);
        int sent = (int) (NOW / 1000);
        AckBlock.write(block, path.lspNumber(), count, sent, sent + 20_000, count, count * BODY, 0);
        path.onAck(block, sent + 20_000, NOW + 30 * MILLI);
    }

    private static int fill(SendPath path, long now, int millis) {
        int count = 0;
        while (path.queueNanos(0, now) < millis * MILLI) {
            path.onSent(BODY, true, now);
            count++;
        }
        return count;
    }
}
