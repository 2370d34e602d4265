package skyawg.protocol.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.wire.Memory;

final class EntropyTest {
    /** This many numbers cross some hundred refills and a few reseeds. */
    private static final int MANY = 400_000;

    static List<Entropy> both() {
        return List.of(new SystemEntropy(), new SeededEntropy(42));
    }

    @ParameterizedTest
    @MethodSource("both")
    void neverRepeatsANumber(Entropy entropy) {
        Set<Long> seen = new HashSet<>();
        for (int i = 0; i < MANY; i++) {
            assertThat(seen.add(entropy.nextLong())).isTrue();
        }
    }

    /** Each bit is one half of the time set: 400 000 tosses stray by less than 6 standard deviations. */
    @ParameterizedTest
    @MethodSource("both")
    void everyBitIsAFairCoin(Entropy entropy) {
        int[] ones = new int[64];
        for (int i = 0; i < MANY; i++) {
            long number = entropy.nextLong();
            for (int bit = 0; bit < 64; bit++) {
                ones[bit] += (int) (number >>> bit) & 1;
            }
        }
        double deviation = Math.sqrt(MANY) / 2;
        assertThat(ones).satisfies(counts -> {
            for (int count : counts) {
                assertThat(Math.abs(count - MANY / 2)).isLessThan((int) (6 * deviation));
            }
        });
    }

    /** Chi-square over the 256 byte values: 255 degrees of freedom, 400 is exceeded once in 10 million runs. */
    @ParameterizedTest
    @MethodSource("both")
    void everyByteIsAsLikely(Entropy entropy) {
        int[] counts = new int[256];
        try (OffHeap memory = new OffHeap()) {
            int length = 1001;
            long at = memory.allocate(length);
            int rounds = 1000;
            for (int round = 0; round < rounds; round++) {
                entropy.fill(at, length);
                for (int i = 0; i < length; i++) {
                    counts[Memory.getByte(at + i) & 0xff]++;
                }
            }
            assertThat(chiSquare(counts, rounds * length)).isLessThan(400);
        }
    }

    /** Chi-square over 10 values: 9 degrees of freedom, 45 is exceeded once in a million runs. */
    @ParameterizedTest
    @MethodSource("both")
    void uniformNumbersAreUniform(Entropy entropy) {
        int[] counts = new int[10];
        for (int i = 0; i < MANY; i++) {
            counts[(int) entropy.uniform(-3, 6) + 3]++;
        }
        assertThat(chiSquare(counts, MANY)).isLessThan(45);
    }

    private static double chiSquare(int[] counts, int total) {
        double expected = (double) total / counts.length;
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    @ParameterizedTest
    @MethodSource("both")
    void fillsExactlyWhatIsAsked(Entropy entropy) {
        try (OffHeap memory = new OffHeap()) {
            for (int length = 0; length <= 40; length++) {
                long at = memory.allocate(length + 16);
                Memory.fill(at, length + 16L, 0x55);
                entropy.fill(at + 8, length);
                assertThat(OffHeap.hex(at, 8)).isEqualTo("55".repeat(8));
                assertThat(OffHeap.hex(at + 8 + length, 8)).isEqualTo("55".repeat(8));
                byte[] array = new byte[length];
                entropy.fill(array);
                if (length >= 16) {
                    assertThat(array).isNotEqualTo(new byte[length]);
                    assertThat(OffHeap.get(at + 8, length)).isNotEqualTo(array);
                }
            }
        }
    }

    @Property(tries = 500)
    void uniformStaysInItsRange(@ForAll long first, @ForAll long second) {
        long low = Math.min(first, second);
        long high = Math.max(first, second);
        assertThat(new SeededEntropy(first ^ second).uniform(low, high)).isBetween(low, high);
    }

    @ParameterizedTest
    @MethodSource("both")
    void uniformReachesBothEndsOfFullRanges(Entropy entropy) {
        assertThat(entropy.uniform(7, 7)).isEqualTo(7);
        int upper = 0;
        int negative = 0;
        for (int i = 0; i < 1000; i++) {
            long number = entropy.uniform(0, 0xffff_ffffL);
            assertThat(number).isBetween(0L, 0xffff_ffffL);
            upper += number >= 0x8000_0000L ? 1 : 0;
            negative += entropy.uniform(Long.MIN_VALUE, Long.MAX_VALUE) < 0 ? 1 : 0;
        }
        assertThat(upper).isBetween(350, 650);
        assertThat(negative).isBetween(350, 650);
    }

    /** Of 2^64 numbers, 2^64 mod 3 = 1 is drawn again; the rest falls evenly on three. */
    @Test
    void uniformDrawsAgainWhatWouldBias() {
        long[] script = {0, 1};
        Entropy scripted = new Entropy() {
            private int next;

            @Override
            public void fill(long address, int length) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void fill(byte[] bytes) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long nextLong() {
                return script[next++];
            }

            @Override
            public long uniform(long low, long high) {
                return UniformNumber.draw(this, low, high);
            }
        };
        assertThat(scripted.uniform(10, 12)).isEqualTo(10);
        assertThat(script).as("both were needed").hasSize(2);
        assertThatThrownBy(scripted::nextLong).isInstanceOf(ArrayIndexOutOfBoundsException.class);
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new SeededEntropy(1).uniform(2, 1));
    }

    @Test
    void aSeedRepeatsItsNumbersAndAnotherDoesNot() {
        SeededEntropy first = new SeededEntropy(99);
        SeededEntropy second = new SeededEntropy(99);
        for (int i = 0; i < 100; i++) {
            assertThat(first.nextLong()).isEqualTo(second.nextLong());
        }
        assertThat(new SeededEntropy(1).nextLong()).isNotEqualTo(new SeededEntropy(2).nextLong());
    }

    @Test
    void twoGeneratorsOfTheSystemDiffer() {
        assertThat(new SystemEntropy().nextLong()).isNotEqualTo(new SystemEntropy().nextLong());
    }
}
