package skyawg.protocol.obfuscation;

import java.util.EnumMap;
import java.util.Map;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/**
 * One interface's parameters: immutable; a parameter that is not named has its default, and the defaults together are
 * plain WireGuard. Holds what was written, each value fit for its field; whether the values fit together is
 * {@code ParameterRules}' question.
 */
public final class ParameterSet {
    /** Plain WireGuard. */
    public static final ParameterSet DEFAULTS = new ParameterSet(new EnumMap<>(Parameter.class));

    private final EnumMap<Parameter, ParameterValue> values;

    private ParameterSet(EnumMap<Parameter, ParameterValue> values) {
        this.values = values;
    }

    /** This set with the named values in place of its own. */
    public ParameterSet with(Map<Parameter, ParameterValue> changes) {
        EnumMap<Parameter, ParameterValue> merged = new EnumMap<>(values);
        merged.putAll(changes);
        return new ParameterSet(merged);
    }

    /** This set with one value replaced. */
    public ParameterSet with(Parameter parameter, ParameterValue value) {
        return with(Map.of(parameter, value));
    }

    /**
     * This set with I1 to I5 unset where they hold no tag: such a text makes no packet, and the reference keeps none.
     *
     * @throws IllegalArgumentException when a signature packet cannot be read
     */
    public ParameterSet withoutTaglessSignatures() {
        Map<Parameter, ParameterValue> unset = new EnumMap<>(Parameter.class);
        for (Parameter parameter : Decoys.SIGNATURES) {
            if (!tags(parameter).isEmpty() && Decoys.read(this, parameter).isAbsent()) {
                unset.put(parameter, defaultOf(parameter));
            }
        }
        return unset.isEmpty() ? this : with(unset);
    }

    public ParameterValue get(Parameter parameter) {
        ParameterValue value = values.get(parameter);
        return value != null ? value : defaultOf(parameter);
    }

    /** True when the set names the parameter, be it with its default value. */
    public boolean names(Parameter parameter) {
        return values.containsKey(parameter);
    }

    /** True when the parameter has the value that plain WireGuard has. */
    public boolean isDefault(Parameter parameter) {
        return get(parameter).equals(defaultOf(parameter));
    }

    /** The value of a number; for a range its low end. */
    public int number(Parameter parameter) {
        return (int) range(parameter).low();
    }

    /** @throws ClassCastException when the parameter is no number and no range */
    public UintRange range(Parameter parameter) {
        return ((ParameterValue.Range) get(parameter)).range();
    }

    /** The tag text of I1 to I5, empty when unset. */
    public String tags(Parameter parameter) {
        return ((ParameterValue.Tags) get(parameter)).text();
    }

    public boolean isOn(Parameter parameter) {
        return ((ParameterValue.Switch) get(parameter)).on();
    }

    /** The key itself, not a copy: all zero when unset. */
    public Secret headerProtectionKey() {
        return ((ParameterValue.Key) get(Parameter.HEADER_PROTECTION_KEY)).secret();
    }

    public static ParameterValue defaultOf(Parameter parameter) {
        return switch (parameter) {
            case H1 -> new ParameterValue.Range(UintRange.of(1));
            case H2 -> new ParameterValue.Range(UintRange.of(2));
            case H3 -> new ParameterValue.Range(UintRange.of(3));
            case H4 -> new ParameterValue.Range(UintRange.of(4));
            case I1, I2, I3, I4, I5 -> new ParameterValue.Tags("");
            case HEADER_PROTECTION_KEY -> new ParameterValue.Key(Secret.zero());
            case RANDOM_TRAILERS, DISABLE_COOKIES -> new ParameterValue.Switch(false);
            case JC,
                    JMIN,
                    JMAX,
                    S1,
                    S2,
                    S3,
                    S4,
                    CONTENT_PADDING_ADDITION,
                    REKEY_AFTER_TIME,
                    REKEY_TIMEOUT,
                    REJECT_AFTER_TIME,
                    KEEPALIVE_TIMEOUT,
                    MAX_HANDSHAKE_ATTEMPTS -> new ParameterValue.Range(UintRange.ZERO);
        };
    }
}
