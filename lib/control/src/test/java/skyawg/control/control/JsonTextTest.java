package skyawg.control.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.control.uapi.Mutator;
import skyawg.protocol.campaign.Campaign;

/** The clients' small reader against the daemon's JSON library. */
class JsonTextTest {
    private static final String CHARACTERS = "az09 \"\\/\b\n\t\u0001é\u20ac\ud83d\ude00{}[]:,";

    @Test
    void readsWhatTheLibraryWrites() {
        Campaign.run("objects that Jackson wrote", 20_000, seed -> {
            Map<String, Object> object = object(new Random(seed), 3);
            String text = new String(ControlCodec.encode(object), StandardCharsets.UTF_8);
            try {
                assertThat(JsonText.object(text)).isEqualTo(object);
            } catch (ControlException e) {
                throw new AssertionError(text, e);
            }
        });
    }

    @Test
    void writesRequestsThatTheLibraryReads() {
        Campaign.run("requests that clients write", 20_000, seed -> {
            Random random = new Random(seed);
            Map<String, String> with = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                with.put(text(random), text(random));
            }
            byte[] line = JsonText.request(seed, "a.b", with).getBytes(StandardCharsets.UTF_8);
            try {
                ControlRequest read = ControlCodec.request(ControlCodec.decode(line, line.length));
                assertThat(read.id()).isEqualTo(seed);
                assertThat(read.with()).isEqualTo(with);
            } catch (ControlException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Test
    void refusesDamagedTextAndDoesNothingElse() {
        Campaign.run("damaged JSON", 50_000, seed -> {
            Random random = new Random(seed);
            byte[] damaged = new Mutator(random).damage(ControlCodec.encode(object(random, 2)));
            try {
                assertThat(JsonText.object(new String(damaged, StandardCharsets.UTF_8)))
                        .isNotNull();
            } catch (ControlException e) {
                assertThat(e.code()).isEqualTo(ControlException.NOT_JSON);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":01}",
                "{\"a\":1}x",
                "{\"a\":tru}",
                "{\"a\":\"\\x\"}",
                "{a:1}",
                "{\"a\":1,}",
                "{\"a\":99999999999999999999}"
            })
    void refusesWhatIsNoObject(String text) {
        assertThatThrownBy(() -> JsonText.object(text)).isInstanceOf(ControlException.class);
    }

    @Test
    void refusesAnEndlessNesting() {
        assertThatThrownBy(() -> JsonText.object("{\"a\":" + "[".repeat(100_000)))
                .isInstanceOf(ControlException.class)
                .hasMessageContaining("nested");
    }

    private static Map<String, Object> object(Random random, int depth) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            members.put(text(random), value(random, depth));
        }
        return members;
    }

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> random.nextInt();
            case 1 -> (1L << 40) + random.nextInt(1000);
            case 2 -> random.nextDouble() * 1e9;
            case 3 -> random.nextBoolean();
            case 4 -> text(random);
            case 5 -> object(random, depth - 1);
            default -> {
                List<Object> all = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    all.add(value(random, depth - 1));
                }
                yield all;
            }
        };
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int[] points = CHARACTERS.codePoints().toArray();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.appendCodePoint(points[random.nextInt(points.length)]);
        }
        return text.toString();
    }
}
