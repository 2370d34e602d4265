package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class UintRangeTest {
    @Property(tries = 500)
    void overlapsExactlyWhereANumberIsInBoth(
            @ForAll @LongRange(max = 20) long first,
            @ForAll @LongRange(max = 20) long second,
            @ForAll @LongRange(max = 20) long third,
            @ForAll @LongRange(max = 20) long fourth) {
        UintRange one = new UintRange(Math.min(first, second), Math.max(first, second));
        UintRange other = new UintRange(Math.min(third, fourth), Math.max(third, fourth));
        boolean isShared = false;
        int count = 0;
        for (long number = 0; number <= 20; number++) {
            isShared |= one.contains(number) && other.contains(number);
            count += one.contains(number) ? 1 : 0;
        }
        assertThat(one.overlaps(other)).isEqualTo(isShared);
        assertThat(other.overlaps(one)).isEqualTo(isShared);
        assertThat(one.width()).isEqualTo(count);
    }

    @Test
    void reachesTheWholeOf32Bits() {
        UintRange all = UintRange.parse("0-4294967295");
        assertThat(all.width()).isEqualTo(1L << 32);
        assertThat(all.contains(UintRange.MAX)).isTrue();
        assertThat(all.contains(UintRange.MAX + 1)).isFalse();
        assertThat(all.contains(-1)).isFalse();
        assertThat(all.isZero()).isFalse();
        assertThat(all.isSingle()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'', a number is missing",
        "-, a number is missing",
        "5-, a number is missing",
        "-5, a number is missing",
        "6-5, range begins above its end",
        "4294967296, above 4294967295",
        "1-4294967296, above 4294967295",
        "1-2-3, not a number",
        "0x5, not a number"
    })
    void refusesWithAReason(String text, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UintRange.parse(text))
                .withMessageContaining(reason);
    }

    @Test
    void onlyZeroIsZero() {
        assertThat(UintRange.parse("0").isZero()).isTrue();
        assertThat(UintRange.parse("0-0")).isEqualTo(UintRange.ZERO);
        assertThat(UintRange.parse("0-5").isZero()).isFalse();
        assertThat(UintRange.parse("0-5").isSingle()).isFalse();
        assertThat(UintRange.of(7).isSingle()).isTrue();
    }

    @Test
    void refusesARangeThatIsNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> new UintRange(2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new UintRange(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new UintRange(0, 1L << 32));
    }
}
