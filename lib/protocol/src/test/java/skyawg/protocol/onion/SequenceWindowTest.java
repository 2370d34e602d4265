package skyawg.protocol.onion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** A window of exactly so many numbers. */
final class SequenceWindowTest {
    @Test
    void acceptsEachNumberOnce() {
        SequenceWindow window = new SequenceWindow(64);
        for (long sequence : new long[] {0, 3, 1, 2}) {
            assertThat(window.accept(sequence)).isTrue();
            assertThat(window.accept(sequence)).isFalse();
        }
    }

    @Test
    void isExactlyAsWideAsItSays() {
        for (int size : new int[] {64, 1024, 65536}) {
            SequenceWindow window = new SequenceWindow(size);
            long newest = 5_000_000_017L;
            assertThat(window.accept(newest)).isTrue();
            assertThat(window.accept(newest - size + 1)).as("oldest inside").isTrue();
            assertThat(window.accept(newest - size)).as("just outside").isFalse();
            assertThat(window.accept(newest + 1)).isTrue();
            assertThat(window.accept(newest - size + 1)).as("outside by now").isFalse();
            assertThat(window.accept(newest - size + 2)).isTrue();
        }
    }

    @Test
    void refusesNegativeNumbersAndTakesTheLargest() {
        SequenceWindow window = new SequenceWindow(1024);
        assertThat(window.accept(-1)).isFalse();
        assertThat(window.accept(Long.MIN_VALUE)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE)).isTrue();
        assertThat(window.accept(Long.MAX_VALUE)).isFalse();
        assertThat(window.accept(Long.MAX_VALUE - 1023)).isTrue();
        assertThat(window.accept(Long.MAX_VALUE - 1024)).isFalse();
        assertThat(window.accept(0)).isFalse();
    }

    @Test
    void comesToTheLargestNumberStepByStep() {
        SequenceWindow window = new SequenceWindow(64);
        for (long sequence = Long.MAX_VALUE - 200; sequence > 0; sequence++) {
            assertThat(window.accept(sequence)).isTrue();
        }
        assertThat(window.accept(Long.MAX_VALUE)).isFalse();
    }

    @Test
    void refusesASizeThatIsNoPowerOfTwo() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SequenceWindow(1000));
        assertThatIllegalArgumentException().isThrownBy(() -> new SequenceWindow(32));
    }

    /** Against a plain set, over jumps of all sizes. */
    @Property(tries = 200)
    void judgesLikeASet(@ForAll long seed) {
        Random random = new Random(seed);
        int size = 64 << random.nextInt(4);
        SequenceWindow window = new SequenceWindow(size);
        Set<Long> received = new HashSet<>();
        long newest = -1;
        for (int i = 0; i < 2000; i++) {
            int jump = switch (random.nextInt(20)) {
                case 0 -> random.nextInt(3 * size);
                case 1 -> size + random.nextInt(3) - 1;
                case 2, 3, 4 -> random.nextInt(130);
                default -> random.nextInt(3);
            };
            long sequence = Math.max(0, random.nextInt(3) == 0 ? newest - jump : newest + jump);
            boolean expected = sequence > newest - size && received.add(sequence);
            assertThat(window.accept(sequence))
                    .as("%d after %d", sequence, newest)
                    .isEqualTo(expected);
            newest = Math.max(newest, sequence);
        }
    }
}
