package skyawg.lab.shaper;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.lab.shaper.VirtualTraffic.MILLISECOND;
import static skyawg.lab.shaper.VirtualTraffic.SECOND;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.lab.shaper.VirtualTraffic.Departure;

/** What becomes of frames under each condition, on a virtual clock. */
final class DirectionTest {
    private static final int FRAME = 1514;
    /** Of {@link #FRAME} bytes at 100 Mbit/s. */
    private static final long LINE_NANOS = 121_120;

    private static List<Long> numbers(VirtualTraffic traffic) {
        return traffic.departures.stream().map(Departure::number).toList();
    }

    private static List<Long> took(VirtualTraffic traffic) {
        return traffic.departures.stream().map(Departure::tookNanos).toList();
    }

    @Test
    void perfectLinkPassesEveryFrameAtOnce() {
        VirtualTraffic traffic = new VirtualTraffic(1, "clear").send(1000, FRAME, 1000);
        assertThat(traffic.finish().sent()).isEqualTo(1000);
        assertThat(numbers(traffic)).isSorted();
        assertThat(took(traffic)).containsOnly(0L);
    }

    @ParameterizedTest
    @CsvSource({"100mbit, 1514, 100e6", "100mbit, 60, 100e6", "7.3mbit, 999, 7.3e6", "1gbit, 9014, 1e9"})
    void busyLineCarriesItsRate(String rate, int length, double bitsPerSecond) {
        long interval = (long) (length * 8 / bitsPerSecond * 1e9 / 2);
        VirtualTraffic traffic = new VirtualTraffic(1, "rate " + rate).send(20_000, length, interval);
        traffic.finish();
        double seconds = (traffic.departures.getLast().departedAt()
                        - traffic.departures.getFirst().departedAt())
                / 1e9;
        double carried = (traffic.departures.size() - 1) * length * 8.0 / seconds;
        assertThat(carried / bitsPerSecond).isBetween(0.9995, 1.0005);
    }

    @Test
    void frameTakesItsTimeOnTheLine() {
        VirtualTraffic traffic = new VirtualTraffic(1, "rate 100mbit").send(100, FRAME, MILLISECOND);
        traffic.finish();
        assertThat(took(traffic)).containsOnly(LINE_NANOS);
    }

    @Test
    void frameThatWouldWaitTooLongIsDropped() {
        VirtualTraffic traffic = new VirtualTraffic(1, "rate 100mbit queue 20ms").send(10_000, FRAME, LINE_NANOS / 2);
        Counters counters = traffic.finish();
        assertThat(took(traffic)).allMatch(nanos -> nanos <= 20 * MILLISECOND + LINE_NANOS);
        assertThat(took(traffic).getLast()).isGreaterThan(20 * MILLISECOND - LINE_NANOS);
        assertThat(counters.queueDropped()).isBetween(4700L, 5000L);
        assertThat(numbers(traffic)).isSorted();
    }

    @Test
    void queueMayBeBoundedInBytes() {
        VirtualTraffic traffic = new VirtualTraffic(1, "rate 100mbit queue 15140B");
        traffic.send(100, FRAME, 0);
        // One on the line, and as many bytes behind it as the queue takes, the rest of the first one among them.
        assertThat(traffic.finish().sent()).isEqualTo(10);
    }

    @Test
    void lineIsFreeAgainAfterAPause() {
        VirtualTraffic traffic = new VirtualTraffic(1, "rate 100mbit").send(50, FRAME, 0);
        traffic.runUntil(traffic.nowNanos() + SECOND);
        traffic.send(1, FRAME, 0).finish();
        assertThat(traffic.departures.getLast().tookNanos()).isEqualTo(LINE_NANOS);
    }

    @Test
    void delayIsAddedToEveryFrame() {
        VirtualTraffic traffic = new VirtualTraffic(1, "delay 30ms").send(1000, FRAME, 100_000);
        traffic.finish();
        assertThat(took(traffic)).containsOnly(30 * MILLISECOND);
    }

    @ParameterizedTest
    @ValueSource(longs = {10 * MILLISECOND, 50_000})
    void jitterStaysInItsBoundsFillsThemAndKeepsTheOrder(long interval) {
        VirtualTraffic traffic = new VirtualTraffic(3, "delay 20ms jitter 5ms").send(20_000, 100, interval);
        traffic.finish();
        assertThat(took(traffic)).allMatch(nanos -> nanos >= 15 * MILLISECOND && nanos <= 25 * MILLISECOND);
        assertThat(took(traffic)).filteredOn(nanos -> nanos < 18 * MILLISECOND).hasSizeGreaterThan(2000);
        assertThat(took(traffic)).filteredOn(nanos -> nanos > 22 * MILLISECOND).hasSizeGreaterThan(2000);
        assertThat(numbers(traffic)).isSorted();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 10, 50})
    void lossHasItsShare(double percent) {
        int count = 200_000;
        long lost = new VirtualTraffic(4, "loss " + percent + "%")
                .send(count, 100, 1000)
                .finish()
                .lost();
        double expected = count * percent / 100;
        double deviation = Math.sqrt(expected * (1 - percent / 100));
        assertThat((double) lost).isBetween(expected - 4 * deviation, expected + 4 * deviation);
    }

    @Test
    void lostFramesTakeTheirTimeOnTheLine() {
        VirtualTraffic traffic = new VirtualTraffic(4, "rate 100mbit queue 10s loss 50%").send(1000, FRAME, 0);
        traffic.finish();
        Departure last = traffic.departures.getLast();
        assertThat(last.tookNanos()).isEqualTo((last.number() + 1) * LINE_NANOS);
    }

    @Test
    void reorderedFramesAreOvertakenByThoseOfTheTimeTheyAreHeld() {
        VirtualTraffic traffic = new VirtualTraffic(5, "delay 10ms reorder 5% hold 3ms").send(20_000, 100, 100_000);
        Counters counters = traffic.finish();
        assertThat(took(traffic)).containsOnly(10 * MILLISECOND, 13 * MILLISECOND);
        long held = traffic.departures.stream()
                .filter(departure -> departure.tookNanos() > 10 * MILLISECOND)
                .count();
        assertThat(held).isBetween(850L, 1150L);
        assertThat(counters.reordered()).isEqualTo(overtaken(traffic)).isBetween(held * 9 / 10, held);
        assertThat(counters.lost()).isZero();
        assertThat(numbers(traffic)).doesNotHaveDuplicates().hasSize(20_000);
    }

    private static long overtaken(VirtualTraffic traffic) {
        long highest = -1;
        long count = 0;
        for (long number : numbers(traffic)) {
            count += number < highest ? 1 : 0;
            highest = Math.max(highest, number);
        }
        return count;
    }

    @Test
    void blackHoleTakesWhatComesButNotWhatIsUnderWay() {
        VirtualTraffic traffic = new VirtualTraffic(6, "delay 20ms").send(10, FRAME, MILLISECOND);
        traffic.change("blackhole on");
        traffic.send(100, FRAME, MILLISECOND);
        traffic.change("blackhole off");
        traffic.send(10, FRAME, MILLISECOND);
        assertThat(traffic.finish().blackHoled()).isEqualTo(100);
        assertThat(numbers(traffic))
                .containsExactly(
                        0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 110L, 111L, 112L, 113L, 114L, 115L, 116L, 117L, 118L,
                        119L);
    }

    @Test
    void shorterDelayLetsNothingOvertake() {
        VirtualTraffic traffic = new VirtualTraffic(7, "delay 50ms").send(10, FRAME, MILLISECOND);
        traffic.change("delay 5ms");
        traffic.send(100, FRAME, MILLISECOND).finish();
        assertThat(numbers(traffic)).isSorted().hasSize(110);
        assertThat(traffic.departures.getLast().tookNanos()).isEqualTo(5 * MILLISECOND);
    }

    private static VirtualTraffic spoilt(long seed) {
        VirtualTraffic traffic =
                new VirtualTraffic(seed, "rate 20mbit delay 20ms jitter 7ms loss 3% reorder 4% hold 2ms");
        traffic.send(5000, 700, 250_000).finish();
        return traffic;
    }

    @Test
    void sameSeedHasTheSameSchedule() {
        assertThat(spoilt(8).departures).isEqualTo(spoilt(8).departures);
        assertThat(spoilt(8).departures).isNotEqualTo(spoilt(9).departures);
    }

    @Test
    void fateOfAFrameHangsOnItsNumberAlone() {
        VirtualTraffic plain = new VirtualTraffic(10, "loss 5%").send(5000, 100, MILLISECOND);
        plain.finish();
        VirtualTraffic other = new VirtualTraffic(10, "loss 5% rate 10mbit delay 9ms jitter 3ms reorder 20%");
        other.send(2500, 1000, MILLISECOND).send(2500, 60, 2 * MILLISECOND).finish();
        assertThat(numbers(other)).containsExactlyInAnyOrderElementsOf(numbers(plain));
    }

    @Test
    void whatTheMemoryCannotHoldIsCounted() {
        VirtualTraffic traffic = new VirtualTraffic(11, "delay 10s").send(10_000, FrameRing.MAX_LENGTH, 100_000);
        Counters counters = traffic.finish();
        assertThat(counters.overflowed()).isPositive();
        assertThat(counters.sent() * FrameRing.MAX_LENGTH).isBetween(62L << 20, 64L << 20);
    }

    @Test
    void whatTheDeviceRefusesIsCounted() {
        Direction direction = new Direction(12);
        direction.place();
        direction.arrived(60, SECOND);
        assertThat(direction.nextDueNanos()).isEqualTo(SECOND);
        direction.departed(false, SECOND + 7_000);
        assertThat(direction.counters().refused()).isEqualTo(1);
        assertThat(direction.counters().sent()).isZero();
    }

    @Test
    void latenessIsToldAtItsWorst() {
        Direction direction = new Direction(13);
        for (long late : new long[] {5, 9_000, 40}) {
            direction.place();
            direction.arrived(60, SECOND);
            direction.departed(true, SECOND + late);
        }
        assertThat(direction.counters().latestNanos()).isEqualTo(9_000);
    }
}
