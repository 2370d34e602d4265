package skyawg.datapath.forward;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.ParameterTexts;
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
        values.putAll(ParameterTexts.values(lines));
        return values;
    }
}
