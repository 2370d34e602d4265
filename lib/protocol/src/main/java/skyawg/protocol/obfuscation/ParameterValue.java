package skyawg.protocol.obfuscation;

import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;

/** A parameter's value, one shape for each {@link Parameter.Kind}. */
public sealed interface ParameterValue {
    /** {@link Parameter.Kind#NUMBER} (a range of one) and {@link Parameter.Kind#RANGE}. */
    record Range(UintRange range) implements ParameterValue {}

    /** {@link Parameter.Kind#TAGS}: the text as written; empty is unset. */
    record Tags(String text) implements ParameterValue {}

    /** {@link Parameter.Kind#KEY}: all zero is unset. */
    record Key(Secret secret) implements ParameterValue {}

    /** {@link Parameter.Kind#SWITCH}. */
    record Switch(boolean on) implements ParameterValue {}
}
