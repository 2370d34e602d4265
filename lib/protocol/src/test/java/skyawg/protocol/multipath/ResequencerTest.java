package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResequencerTest {
    private static final long MILLI = 1_000_000;
    private static final int LENGTH = 1000;

    private final ByteBudget budget = new ByteBudget(10_000_000);
    private final Resequencer resequencer = new Resequencer(budget);
    private final List<Long> out = new ArrayList<>();

    @Test
    void deliversWhatComesInOrderAtOnce() {
        for (long i = 0; i < 10_000; i++) {
            receive(1, i, 0);
        }
        assertThat(out).hasSize(10_000).isSorted();
        assertThat(resequencer.heldCount()).isZero();
    }

    @Test
    void holdsWhatOvertookUntilTheGapIsFilled() {
        receive(1, 0, 0);
        receive(1, 2, 0);
        receive(1, 3, 0);
        assertThat(out).containsExactly(0L);
        assertThat(resequencer.held()).isEqualTo(2);
        assertThat(budget.takenBytes()).isEqualTo(2 * LENGTH);
        receive(1, 1, MILLI);
        assertThat(out).containsExactly(0L, 1L, 2L, 3L);
        assertThat(budget.takenBytes()).isZero();
    }

    @Test
    void givesAGapUpAtTheDeadlineAndDeliversLateOnesStill() {
        resequencer.setDeadline(10 * MILLI);
        receive(1, 0, 0);
        receive(1, 3, MILLI);
        receive(1, 2, 4 * MILLI);
        assertThat(resequencer.wakeNanos()).isEqualTo(11 * MILLI);
        drain(11 * MILLI - 1);
        assertThat(out).containsExactly(0L);
        drain(11 * MILLI);
        assertThat(out).containsExactly(0L, 2L, 3L);
        assertThat(resequencer.wakeNanos()).isEqualTo(Long.MAX_VALUE);
        receive(1, 1, 12 * MILLI);
        assertThat(out).containsExactly(0L, 2L, 3L, 1L);
        assertThat(resequencer.lateCount()).isEqualTo(1);
        assertThat(resequencer.missingCount()).isEqualTo(1);
    }

    @Test
    void aLaterGapHasADeadlineOfItsOwn() {
        resequencer.setDeadline(10 * MILLI);
        receive(1, 1, 0);
        receive(1, 3, 6 * MILLI);
        drain(10 * MILLI);
        assertThat(out).containsExactly(1L);
        assertThat(resequencer.wakeNanos()).isEqualTo(16 * MILLI);
        drain(16 * MILLI);
        assertThat(out).containsExactly(1L, 3L);
    }

    @Test
    void aNewEpochEndsAllWaiting() {
        receive(1, 0, 0);
        receive(1, 2, 0);
        receive(2, 1, 0);
        assertThat(out).containsExactly(0L, 2L);
        receive(2, 0, 0);
        assertThat(out).containsExactly(0L, 2L, 1_000_000L, 1_000_001L);
        receive(1, 1, 0);
        assertThat(out).as("of the old epoch: late").endsWith(1L);
    }

    @Test
    void neverWaitsForMoreThan4096Packets() {
        resequencer.setDeadline(Long.MAX_VALUE / 2);
        for (long i = 1; i < 4096; i++) {
            receive(1, i, i);
        }
        assertThat(out).isEmpty();
        assertThat(resequencer.held()).isEqualTo(4095);
        receive(1, 4096, 5000);
        assertThat(out).hasSize(4096).isSorted().startsWith(1L);
        receive(1, 1_000_000, 5001);
        assertThat(resequencer.held()).isEqualTo(1);
        receive(1, 2_000_000, 5002);
        assertThat(out).endsWith(1_000_000L);
        assertThat(resequencer.held()).isEqualTo(1);
    }

    @Test
    void stopsWaitingWhenTheSharedBudgetIsUsedUp() {
        ByteBudget small = new ByteBudget(3 * LENGTH);
        Resequencer other = new Resequencer(small);
        assertThat(other.place(1, 5, 3 * LENGTH)).isEqualTo(Placement.HOLD);
        other.hold(5, 5, 0);
        Resequencer mine = new Resequencer(small);
        assertThat(mine.place(1, 7, LENGTH)).isEqualTo(Placement.IN_ORDER);
        assertThat(mine.place(1, 6, LENGTH)).isEqualTo(Placement.LATE);
        assertThat(mine.place(1, 8, LENGTH)).isEqualTo(Placement.IN_ORDER);
        assertThat(small.takenBytes()).isEqualTo(3 * LENGTH);
    }

    @Test
    void deliversWhatItHoldsBeforeAPacketBeyondTheBudget() {
        ByteBudget small = new ByteBudget(2 * LENGTH);
        Resequencer mine = new Resequencer(small);
        mine.place(1, 3, LENGTH);
        mine.hold(3, 3, 0);
        mine.place(1, 9, LENGTH);
        mine.hold(9, 9, 0);
        assertThat(mine.place(1, 6, LENGTH)).isEqualTo(Placement.DRAIN_FIRST);
        assertThat(mine.poll(0)).isEqualTo(3);
        assertThat(mine.poll(0)).isEqualTo(Resequencer.NOTHING);
        assertThat(mine.place(1, 6, LENGTH)).isEqualTo(Placement.IN_ORDER);
        assertThat(mine.held()).isEqualTo(1);
        assertThat(small.takenBytes()).isEqualTo(LENGTH);
    }

    @Test
    void givesBackAllItHoldsWhenTheTunnelEnds() {
        receive(1, 3, 0);
        receive(1, 9, 0);
        assertThat(out).isEmpty();
        resequencer.giveUpAll();
        drain(0);
        assertThat(out).containsExactly(3L, 9L);
        assertThat(budget.takenBytes()).isZero();
    }

    /**
     * Random delays, losses, epochs and budgets: every packet that came is delivered once and no later than the
     * deadline, the budget is empty at the end, and without lateness the order is right.
     */
    @Property(tries = 300)
    void losesAndRepeatsNothing(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 60) int deadlineMillis,
            @ForAll @IntRange(max = 80) int spreadMillis,
            @ForAll boolean isTight) {
        Random random = new Random(seed);
        ByteBudget mine = new ByteBudget(isTight ? 20 * LENGTH : 100_000_000);
        Resequencer under = new Resequencer(mine);
        under.setDeadline(deadlineMillis * MILLI);
        Map<Long, Long> waitingSince = new HashMap<>();
        List<Long> delivered = new ArrayList<>();
        Set<Long> came = new HashSet<>();
        long[][] packets = schedule(random, spreadMillis);
        for (long[] packet : packets) {
            long now = packet[0];
            long id = packet[1] * 1_000_000 + packet[2];
            came.add(id);
            collect(under, now, waitingSince, delivered, deadlineMillis);
            Placement placement = under.place((int) packet[1], packet[2], LENGTH);
            while (placement == Placement.DRAIN_FIRST) {
                collect(under, now, waitingSince, delivered, deadlineMillis);
                placement = under.place((int) packet[1], packet[2], LENGTH);
            }
            if (placement == Placement.HOLD) {
                waitingSince.put(id, now);
                under.hold(packet[2], id, now);
            } else {
                delivered.add(id);
            }
            collect(under, now, waitingSince, delivered, deadlineMillis);
        }
        collect(under, packets[packets.length - 1][0] + 1000 * MILLI, null, delivered, deadlineMillis);
        assertThat(delivered).doesNotHaveDuplicates().hasSize(came.size());
        assertThat(new HashSet<>(delivered)).isEqualTo(came);
        assertThat(mine.takenBytes()).isZero();
        assertThat(under.held()).isZero();
        if (under.lateCount() == 0) {
            assertThat(delivered).isSorted();
        }
    }

    private static void collect(
            Resequencer from, long now, @Nullable Map<Long, Long> waitingSince, List<Long> into, int deadlineMillis) {
        for (long handle = from.poll(now); handle != Resequencer.NOTHING; handle = from.poll(now)) {
            into.add(handle);
            if (waitingSince != null) {
                waitingSince.remove(handle);
            }
        }
        if (waitingSince != null) {
            for (long since : waitingSince.values()) {
                assertThat(now - since).isLessThan(deadlineMillis * MILLI);
            }
        }
    }

    /** Rows of arrival time, epoch, sequence, in the order of arrival. */
    private static long[][] schedule(Random random, int spreadMillis) {
        List<long[]> packets = new ArrayList<>();
        long sent = 0;
        for (int epoch = 1; epoch <= 3; epoch++) {
            int count = 200 + random.nextInt(400);
            for (int sequence = 0; sequence < count; sequence++) {
                sent += random.nextInt((int) MILLI);
                if (random.nextInt(20) != 0) {
                    long delay = spreadMillis == 0 ? 0 : random.nextLong(spreadMillis * MILLI);
                    packets.add(new long[] {sent + delay, epoch, sequence});
                }
                sequence += random.nextInt(300) == 0 ? random.nextInt(6000) : 0;
            }
        }
        packets.sort((a, b) -> Long.compare(a[0], b[0]));
        return packets.toArray(new long[0][]);
    }

    private void receive(int epoch, long sequence, long now) {
        long id = (epoch - 1) * 1_000_000L + sequence;
        Placement placement = resequencer.place(epoch, sequence, LENGTH);
        while (placement == Placement.DRAIN_FIRST) {
            drain(now);
            placement = resequencer.place(epoch, sequence, LENGTH);
        }
        if (placement == Placement.HOLD) {
            resequencer.hold(sequence, id, now);
        } else {
            out.add(id);
        }
        drain(now);
    }

    private void drain(long now) {
        for (long handle = resequencer.poll(now); handle != Resequencer.NOTHING; handle = resequencer.poll(now)) {
            out.add(handle);
        }
    }
}
