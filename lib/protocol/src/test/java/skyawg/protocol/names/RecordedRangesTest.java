package skyawg.protocol.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** Range texts against what the reference daemon made of them. */
final class RecordedRangesTest {
    @Test
    void readsAndPrintsAsRecorded() {
        int ran = 0;
        for (JsonNode vector : Vectors.own("awg/ranges.json").get("cases")) {
            String text = vector.get("text").asString();
            if (vector.get("accepted").asBoolean()) {
                UintRange range = UintRange.parse(text);
                assertThat(range.low()).isEqualTo(vector.get("lo").asLong());
                assertThat(range.high()).isEqualTo(vector.get("hi").asLong());
                assertThat(range.isZero()).isEqualTo(vector.get("is_zero").asBoolean());
                assertThat(range).hasToString(vector.get("printed").asString());
            } else {
                assertThatIllegalArgumentException().as(text).isThrownBy(() -> UintRange.parse(text));
            }
            ran++;
        }
        assertThat(ran).isEqualTo(22);
    }
}
