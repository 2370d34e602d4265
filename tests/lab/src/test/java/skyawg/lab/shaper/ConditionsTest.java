package skyawg.lab.shaper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionsTest {
    private static Conditions read(String words) {
        return Conditions.CLEAR.with(List.of(words.split(" ")));
    }

    @Test
    void readsEverySetting() {
        Conditions conditions =
                read("rate 100mbit delay 20ms jitter 500us loss 1.5% reorder 5% hold 0.1s blackhole on");
        assertThat(conditions.lineNanos(1250)).isEqualTo(100_000);
        assertThat(conditions.delayNanos()).isEqualTo(20_000_000);
        assertThat(conditions.jitterNanos()).isEqualTo(500_000);
        assertThat(conditions.loss()).isEqualTo(0.015);
        assertThat(conditions.reorder()).isEqualTo(0.05);
        assertThat(conditions.holdNanos()).isEqualTo(100_000_000);
        assertThat(conditions.isBlackHole()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1000bit, 8000000", "8kbit, 1000000", "8mbit, 1000", "8gbit, 1", "unlimited, 0"})
    void readsRates(String rate, long nanosForAByte) {
        assertThat(read("rate " + rate).lineNanos(1)).isEqualTo(nanosForAByte);
    }

    @Test
    void queueIsInTimeOrInBytes() {
        assertThat(read("rate 8mbit").hasRoom(50_000_000, 1)).isTrue();
        assertThat(read("rate 8mbit").hasRoom(50_000_001, 1)).isFalse();
        assertThat(read("rate 8mbit queue 5ms").hasRoom(5_000_001, 1)).isFalse();
        // 1000 ns a byte
        assertThat(read("rate 8mbit queue 5ms queue 64kB").hasRoom(63_000_000, 1000))
                .isTrue();
        assertThat(read("rate 8mbit queue 64kB").hasRoom(63_000_000, 1001)).isFalse();
        assertThat(read("rate 8mbit queue 100B").hasRoom(0, 1500))
                .as("an idle line takes any frame")
                .isTrue();
    }

    @Test
    void whatIsNotNamedStays() {
        Conditions conditions = read("delay 20ms loss 1%").with(List.of("delay", "5ms"));
        assertThat(conditions.delayNanos()).isEqualTo(5_000_000);
        assertThat(conditions.loss()).isEqualTo(0.01);
        assertThat(conditions.with(List.of("clear")).loss()).isZero();
        assertThat(conditions.with(List.of("clear", "delay", "1ms")).delayNanos())
                .isEqualTo(1_000_000);
    }

    @ParameterizedTest
    @CsvSource({
        "speed 1ms, 'speed: no such setting'",
        "delay, 'delay: its value is missing'",
        "delay 20, '20: wants us, ms or s'",
        "delay -1ms, '-1ms: not a number with a unit'",
        "rate 100, '100: wants bit, kbit, mbit or gbit'",
        "rate 0mbit, 'rate: a line that takes nothing is a black hole: blackhole on'",
        "queue 5kb, '5kb: wants us, ms or s'",
        "queue 5xB, '5xB: wants B, kB or MB'",
        "loss 101%, '101%: wants a percentage up to 100%'",
        "loss 0.1, '0.1: wants a percentage up to 100%'",
        "blackhole yes, 'yes: wants on or off'",
        "delay 1ms jitter 2ms, 'jitter: more than the delay'"
    })
    void refusesWhatItCannotDo(String words, String why) {
        assertThatThrownBy(() -> read(words))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(why);
    }
}
