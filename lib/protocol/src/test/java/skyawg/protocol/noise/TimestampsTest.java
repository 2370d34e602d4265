package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.simulation.NodePair;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

final class TimestampsTest {
    private static final long SECOND = Constants.NANOS_PER_SECOND;
    private static final long HOUR = 3600 * SECOND;
    private static final long YEAR = 365 * 24 * HOUR;
    private static final long WALL = NodePair.START_OF_TIME;

    private final Timestamps timestamps = new Timestamps();

    @Test
    void writesTai64nAsRecorded() {
        int ran = 0;
        for (JsonNode vector : Vectors.own("awg/primitives.json").get("tai64n_whitened")) {
            byte[] stamp = new byte[Tai64n.LENGTH];
            long unixNanos = vector.get("unix_sec").longValue() * SECOND
                    + vector.get("nanosec").longValue();
            Tai64n.write(stamp, 0, unixNanos);
            assertThat(HexFormat.of().formatHex(stamp))
                    .isEqualTo(vector.get("tai64n").asString());
            ran++;
        }
        assertThat(ran).isEqualTo(7);
    }

    @Test
    void nextTickIsAlwaysLater() {
        SeededEntropy random = new SeededEntropy(12);
        for (int i = 0; i < 100_000; i++) {
            long time = random.uniform(-YEAR, 100 * YEAR);
            long white = Tai64n.whiten(time);
            assertThat(white).isLessThanOrEqualTo(time);
            assertThat(Tai64n.whiten(white + Tai64n.TICK)).isGreaterThan(white);
            assertThat(isAfter(Tai64n.whiten(white + Tai64n.TICK), white)).isTrue();
        }
    }

    @Test
    void comparesAsUnsignedBytes() {
        byte[] low = new byte[Tai64n.LENGTH];
        byte[] high = new byte[Tai64n.LENGTH];
        high[0] = (byte) 0x80;
        assertThat(Tai64n.isAfter(high, low)).isTrue();
        assertThat(Tai64n.isAfter(low, high)).isFalse();
        assertThat(Tai64n.isAfter(low, low.clone())).isFalse();
    }

    @Test
    void tellsHowFarAStampIsFromAClock() {
        SeededEntropy random = new SeededEntropy(13);
        long tolerance = 120 * SECOND;
        for (int i = 0; i < 100_000; i++) {
            long clock = random.uniform(-YEAR, 100 * YEAR);
            long time = clock + random.uniform(-2 * tolerance, 2 * tolerance);
            byte[] stamp = new byte[Tai64n.LENGTH];
            Tai64n.write(stamp, 0, time);
            assertThat(Tai64n.isNear(stamp, clock, tolerance))
                    .isEqualTo(Math.abs(Tai64n.whiten(time) - clock) <= tolerance);
        }
    }

    @Test
    void noBytesAreNearByOverflow() {
        for (byte[] seconds : new byte[][] {{(byte) 0x80}, {0x7f, -1, -1, -1, -1, -1, -1, -1}, {-1, -1, -1, -1}, {}}) {
            byte[] stamp = Arrays.copyOf(seconds, Tai64n.LENGTH);
            assertThat(Tai64n.isNear(stamp, WALL, 120 * SECOND)).isFalse();
        }
        byte[] manyNanos = new byte[Tai64n.LENGTH];
        Tai64n.write(manyNanos, 0, WALL);
        Arrays.fill(manyNanos, 8, 12, (byte) -1);
        assertThat(Tai64n.isNear(manyNanos, WALL, 5 * SECOND)).isTrue();
        assertThat(Tai64n.isNear(manyNanos, WALL, 4 * SECOND)).isFalse();
    }

    @Test
    void followsAClockThatGoesRight() {
        assertThat(timestamps.next(0, 0, WALL, 0)).isEqualTo(Tai64n.whiten(WALL));
        assertThat(timestamps.next(0, 0, WALL + HOUR, HOUR)).isEqualTo(Tai64n.whiten(WALL + HOUR));
    }

    @Test
    void isNewerThanTheLastWhateverTheClockSays() {
        long last = 0;
        SeededEntropy random = new SeededEntropy(1);
        for (int i = 0; i < 10_000; i++) {
            long wall = WALL + random.uniform(-20 * YEAR, 20 * YEAR);
            long next = timestamps.next(last, (int) random.uniform(0, 10), wall, i * SECOND);
            assertThat(next).isGreaterThan(last);
            last = next;
        }
    }

    /** A12: ten years forward and back. */
    @Test
    void doesNotBelieveALeapOfTenYears() {
        timestamps.next(0, 0, WALL, 0);
        long leapt = timestamps.next(0, 0, WALL + 10 * YEAR, 10 * SECOND);
        assertThat(leapt).isBetween(WALL, WALL + Timestamps.MAX_LEAP);
        assertThat(timestamps.newest()).isLessThan(WALL + Timestamps.MAX_LEAP);
        assertThat(timestamps.next(0, 0, WALL + 20 * SECOND, 20 * SECOND)).isLessThan(WALL + 21 * SECOND);
    }

    @Test
    void believesALeapWhenPeersDoNotAnswer() {
        timestamps.next(0, 0, WALL, 0);
        long stamp = timestamps.next(0, Timestamps.UNANSWERED_BEFORE_BELIEVING, WALL + 10 * YEAR, 60 * SECOND);
        assertThat(stamp).isEqualTo(Tai64n.whiten(WALL + 10 * YEAR));
    }

    @Test
    void believesTheFirstTimeThatAnUnsetClockIsGiven() {
        timestamps.next(0, 0, 5 * SECOND, 0);
        assertThat(timestamps.next(0, 0, WALL, 30 * SECOND)).isEqualTo(Tai64n.whiten(WALL));
    }

    @Test
    void staysAboveTheFloorOfAnEarlierLife() {
        long before = timestamps.next(0, 0, WALL + HOUR, 0);
        Timestamps restarted = new Timestamps();
        restarted.raiseFloor(timestamps.newest());
        long after = restarted.next(0, 0, WALL, 0);
        assertThat(after).isGreaterThan(before);
        assertThat(restarted.newest()).isEqualTo(after);
    }

    @Test
    void floorOfNothingIsNone() {
        assertThat(timestamps.newest()).isZero();
        timestamps.raiseFloor(0);
        assertThat(timestamps.newest()).isZero();
        timestamps.raiseFloor(WALL);
        assertThat(timestamps.newest()).isEqualTo(WALL);
    }

    /**
     * A12 on whole nodes: the key still works while the clock is wrong, when it is right again, and after a restart.
     */
    @Test
    void keySurvivesAClockThatWasTenYearsAhead() {
        try (NodePair pair = new NodePair(12)) {
            pair.aSends("right");
            pair.turnClock(10 * YEAR);
            pair.advance(200 * SECOND);
            pair.aSends("ahead");
            long newest = pair.a.engine().timestampFloor();
            assertThat(newest).isLessThan(pair.unixNanos() - 9 * YEAR);
            pair.turnClock(-10 * YEAR);
            pair.advance(200 * SECOND);
            pair.aSends("right again");
            assertThat(pair.delivered).containsExactly("b:right", "b:ahead", "b:right again");
        }
    }

    @Test
    void keySurvivesAStartWithAClockThatIsTenYearsAhead() {
        try (NodePair pair = new NodePair(13)) {
            pair.turnClock(10 * YEAR);
            pair.aSends("ahead");
            pair.turnClock(-10 * YEAR);
            pair.advance(200 * SECOND);
            pair.aSends("right");
            assertThat(pair.delivered).containsExactly("b:ahead", "b:right");
        }
    }

    private static boolean isAfter(long unixNanos, long other) {
        byte[] first = new byte[Tai64n.LENGTH];
        byte[] second = new byte[Tai64n.LENGTH];
        Tai64n.write(first, 0, unixNanos);
        Tai64n.write(second, 0, other);
        return Tai64n.isAfter(first, second);
    }
}
