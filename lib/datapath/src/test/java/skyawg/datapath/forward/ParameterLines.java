package skyawg.datapath.forward;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterValue;

/** Parameters from lines as {@code s1=15}. */
final class ParameterLines {
    static final String HEADER_KEY =
            "header_protection_key=4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b4b";

    private ParameterLines() {}

    /** The named parameters; all others at their defaults, so that nothing of an earlier set stays. */
    static Map<Parameter, ParameterValue> whole(List<String> lines) {
        Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
        for (Parameter parameter : Parameter.values()) {
            values.put(parameter, ParameterSet.defaultOf(parameter));
        }
        values.putAll(only(lines));
        return values;
    }

    static Map<Parameter, ParameterValue> only(List<String> lines) {
        Map<Parameter, ParameterValue> values = new EnumMap<>(Parameter.class);
        for (String line : lines) {
            int equals = line.indexOf('=');
            Parameter parameter = Arrays.stream(Parameter.values())
                    .filter(p -> p.uapiKey().equals(line.substring(0, equals)))
                    .findFirst()
                    .orElseThrow();
            values.put(parameter, value(parameter, line.substring(equals + 1)));
        }
        return values;
    }

    private static ParameterValue value(Parameter parameter, String text) {
        return switch (parameter.kind()) {
            case NUMBER, RANGE -> new ParameterValue.Range(UintRange.parse(text));
            case TAGS -> new ParameterValue.Tags(text);
            case KEY -> new ParameterValue.Key(Secret.parseHex(text));
            case SWITCH -> new ParameterValue.Switch(text.equals("1"));
        };
    }
}
