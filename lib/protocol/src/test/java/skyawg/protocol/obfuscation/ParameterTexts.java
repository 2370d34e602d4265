package skyawg.protocol.obfuscation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import tools.jackson.databind.JsonNode;

/** Sets of parameters from the {@code key=value} lines that the vectors hold. */
public final class ParameterTexts {
    private ParameterTexts() {}

    /** The defaults, changed by lines. */
    static ParameterSet parse(String... lines) {
        return ParameterSet.DEFAULTS.with(values(List.of(lines)));
    }

    /** Reads lines as {@code s1=15}; unknown keys are a fault of the test. */
    public static Map<Parameter, ParameterValue> values(List<String> lines) {
        Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
        for (String line : lines) {
            int equals = line.indexOf('=');
            Parameter parameter = find(line.substring(0, equals));
            values.put(parameter, value(parameter, line.substring(equals + 1)));
        }
        return values;
    }

    /** Reads an array of lines; null is none. */
    static ParameterSet parse(JsonNode lines) {
        String[] texts = new String[lines.size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = lines.get(i).asString();
        }
        return parse(texts);
    }

    static ParameterValue value(Parameter parameter, String text) {
        return switch (parameter.kind()) {
            case NUMBER, RANGE -> new ParameterValue.Range(UintRange.parse(text));
            case TAGS -> new ParameterValue.Tags(text);
            case KEY -> new ParameterValue.Key(Secret.parseHex(text));
            case SWITCH -> new ParameterValue.Switch(text.equals("1"));
        };
    }

    private static Parameter find(String uapiKey) {
        for (Parameter parameter : Parameter.values()) {
            if (parameter.uapiKey().equals(uapiKey)) {
                return parameter;
            }
        }
        throw new IllegalArgumentException("no such parameter: " + uapiKey);
    }
}
