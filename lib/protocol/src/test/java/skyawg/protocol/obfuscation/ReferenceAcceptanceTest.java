package skyawg.protocol.obfuscation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

/** What a recorded reference daemon was running with is refused only where it could not have worked. */
final class ReferenceAcceptanceTest {
    @Test
    void refusesOnlyWhatCannotWork() {
        Map<String, String> refused = new TreeMap<>();
        int ran = 0;
        for (JsonNode vector : Vectors.own("awg/config-corpus.json").get("cases")) {
            JsonNode state = vector.get("daemon_get_after");
            if (state != null && state.isString()) {
                judge(vector.get("name").asString(), state.asString(), refused);
                ran++;
            }
        }
        for (JsonNode vector : Vectors.own("awg/uapi-transcripts.json").get("cases")) {
            for (JsonNode step : vector.get("steps")) {
                if (step.get("request").asString().startsWith("get=1")) {
                    judge(vector.get("name").asString(), step.get("response").asString(), refused);
                    ran++;
                }
            }
        }
        assertThat(ran).isEqualTo(273);
        assertThat(refused)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "jmin-gt-jmax", "junk-sizes",
                        "jc-65535", "decoy-count",
                        "dev-s1-65535", "message-size",
                        "dev-i1-r-neg", "signature"));
    }

    private static void judge(String name, String state, Map<String, String> refused) {
        List<String> lines = new ArrayList<>();
        for (String line : state.split("\n", -1)) {
            if (line.startsWith("public_key=")) {
                break;
            }
            if (isParameterWithinLimit(line)) {
                lines.add(line);
            }
        }
        for (RuleViolation violation : ParameterRules.refusals(ParameterTexts.parse(lines.toArray(new String[0])))) {
            refused.merge(name, violation.rule(), (one, other) -> one + " " + other);
        }
    }

    /** Numbers above a field's limit are refused when they are read, before any rule. */
    private static boolean isParameterWithinLimit(String line) {
        for (Parameter parameter : Parameter.values()) {
            if (line.startsWith(parameter.uapiKey() + "=")) {
                String value = line.substring(line.indexOf('=') + 1);
                return switch (parameter.kind()) {
                    case NUMBER, RANGE -> UintRange.parse(value).high() <= parameter.limit();
                    case TAGS, KEY, SWITCH -> true;
                };
            }
        }
        return false;
    }
}
