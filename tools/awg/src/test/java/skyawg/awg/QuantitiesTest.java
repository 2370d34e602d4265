package skyawg.awg;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.control.cli.Colours;

class QuantitiesTest {
    @Test
    void namesOnlyTheUnitsThatCount() {
        assertThat(Quantities.ago(0, Colours.NONE)).isEqualTo("Now");
        assertThat(Quantities.ago(1, Colours.NONE)).isEqualTo("1 second ago");
        assertThat(Quantities.ago(65, Colours.NONE)).isEqualTo("1 minute, 5 seconds ago");
        assertThat(Quantities.ago(2 * 3600, Colours.NONE)).isEqualTo("2 hours ago");
        assertThat(Quantities.ago(366L * 86400 + 1, Colours.NONE)).isEqualTo("1 year, 1 day, 1 second ago");
    }

    @Test
    void saysWhenTheClockRanBackwards() {
        assertThat(Quantities.ago(-1, Colours.NONE))
                .isEqualTo("(System clock wound backward; connection problems may ensue.)");
    }

    @Test
    void countsInStepsOf1024() {
        assertThat(Quantities.bytes(0, Colours.NONE)).isEqualTo("0 B");
        assertThat(Quantities.bytes(1023, Colours.NONE)).isEqualTo("1023 B");
        assertThat(Quantities.bytes(1024, Colours.NONE)).isEqualTo("1.00 KiB");
        assertThat(Quantities.bytes((1 << 20) - 1, Colours.NONE)).isEqualTo("1024.00 KiB");
        assertThat(Quantities.bytes(1L << 50, Colours.NONE)).isEqualTo("1024.00 TiB");
        assertThat(Quantities.bytes(-1, Colours.NONE)).isEqualTo("16777216.00 TiB");
    }

    /** The formatter rounds half up and printf half to even, so ties are left to the fixed cases. */
    @Test
    void roundsLikePrintf() {
        Random random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            long bytes = 1024 + (random.nextLong() >>> (14 + random.nextInt(40)));
            int steps = Math.min(4, (63 - Long.numberOfLeadingZeros(bytes)) / 10);
            double unit = Math.pow(1024, steps);
            if (bytes % (long) unit * 200 % (long) unit == 0) {
                continue;
            }
            String number = String.format(Locale.ROOT, "%.2f", bytes / unit);
            assertThat(Quantities.bytes(bytes, Colours.NONE)).isEqualTo(number + " " + " KMGT".charAt(steps) + "iB");
        }
        assertThat(Quantities.bytes(1024 + 128, Colours.NONE)).isEqualTo("1.12 KiB");
        assertThat(Quantities.bytes(1024 + 384, Colours.NONE)).isEqualTo("1.38 KiB");
    }
}
