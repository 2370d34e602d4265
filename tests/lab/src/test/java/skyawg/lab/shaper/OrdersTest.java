package skyawg.lab.shaper;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The orders that need no device. */
final class OrdersTest {
    private Orders orders;

    @BeforeEach
    void startLoop() throws IOException {
        ShaperLoop loop = new ShaperLoop();
        Thread.ofPlatform().daemon().start(loop);
        orders = new Orders(loop, 1);
    }

    @ParameterizedTest
    @CsvSource({
        "dance, error dance: no such order",
        "'', error : no such order",
        "shape a-b delay 1ms, error a-b: no such link",
        "unlink a-b, error a-b: no such link",
        "unlink, error unlink: a name is missing",
        "link a-b a, error link: a name is missing",
        "link a-b a a, error a: the ends need two names"
    })
    void saysWhatIsWrongWithALine(String line, String answer) {
        assertThat(orders.obey(line)).isEqualTo(answer);
        assertThat(orders.obey("counters")).isEqualTo("{}");
    }

    @Test
    void withoutLinksThereIsNothingToCount() {
        assertThat(orders.obey("counters")).isEqualTo("{}");
    }
}
