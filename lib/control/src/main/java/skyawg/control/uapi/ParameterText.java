package skyawg.control.uapi;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterValue;

/** A parameter's value as it is written on the socket: decimal, {@code a-b}, tags as they are, hex, 0 or 1. */
final class ParameterText {
    private static final Map<String, Parameter> BY_KEY = byKey();

    private ParameterText() {}

    /** The parameter with this UAPI key, null when there is none. */
    static @Nullable Parameter named(String key) {
        return BY_KEY.get(key);
    }

    static void write(TextBuffer out, Parameter parameter, ParameterValue value) {
        String key = parameter.uapiKey();
        // By kind: a switch over the value's type would cost each short-lived process its own start-up.
        switch (parameter.kind()) {
            case NUMBER, RANGE ->
                out.line(key, ((ParameterValue.Range) value).range().toString());
            case TAGS -> out.line(key, ((ParameterValue.Tags) value).text());
            case KEY -> out.line(key, ((ParameterValue.Key) value).secret());
            case SWITCH -> out.line(key, ((ParameterValue.Switch) value).on() ? 1 : 0);
        }
    }

    /** @throws UapiException EINVAL, naming the parameter and what is wrong */
    static ParameterValue read(Parameter parameter, Pair pair) throws UapiException {
        return switch (parameter.kind()) {
            case NUMBER -> new ParameterValue.Range(number(pair, parameter.limit()));
            case RANGE -> new ParameterValue.Range(range(pair, parameter.limit()));
            case TAGS -> new ParameterValue.Tags(pair.text());
            case KEY -> new ParameterValue.Key(pair.secret());
            case SWITCH -> new ParameterValue.Switch(isOn(pair));
        };
    }

    static UintRange number(Pair pair, long limit) throws UapiException {
        UintRange number = range(pair, limit);
        if (!number.isSingle() || pair.text().indexOf('-') >= 0) {
            throw pair.invalid("not a number: " + Pair.quote(pair.text()));
        }
        return number;
    }

    static UintRange range(Pair pair, long limit) throws UapiException {
        String text = pair.text();
        UintRange range;
        try {
            range = UintRange.parse(text);
        } catch (IllegalArgumentException e) {
            throw pair.invalid(Pair.quote(String.valueOf(e.getMessage())));
        }
        if (range.high() > limit) {
            throw pair.invalid("above " + limit + ": " + Pair.quote(text));
        }
        return range;
    }

    private static boolean isOn(Pair pair) throws UapiException {
        return switch (pair.text()) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> throw pair.invalid("neither 0 nor 1: " + Pair.quote(pair.text()));
        };
    }

    private static Map<String, Parameter> byKey() {
        Map<String, Parameter> map = new HashMap<>();
        for (Parameter parameter : Parameter.values()) {
            map.put(parameter.uapiKey(), parameter);
        }
        return map;
    }
}
