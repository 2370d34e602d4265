package skyawg.protocol.obfuscation;

import java.util.List;
import skyawg.protocol.obfuscation.RuleViolation.Level;

/** Sizes of datagrams: those that give a message away, those that do not fit. */
final class SizeRules {
    private static final int MAX_UDP_PAYLOAD = 65507;
    private static final int IPV4_AND_UDP_HEADER = 28;
    private static final int IPV6_AND_UDP_HEADER = 48;
    private static final int CONTENT_BLOCK = 16;

    private static final List<MessageType> HANDSHAKE_TYPES =
            List.of(MessageType.INITIATION, MessageType.RESPONSE, MessageType.COOKIE_REPLY);

    private SizeRules() {}

    static void check(ParameterSet set, List<RuleViolation> violations) {
        checkOversize(set, violations);
        if (hasFixedSizes(set) && !hasNoPadding(set)) {
            checkPairs(set, violations);
            checkTransportSizes(set, violations);
        }
        if (isObfuscated(set)) {
            checkWireGuardSizes(set, violations);
        }
    }

    static boolean hasNoPadding(ParameterSet set) {
        for (MessageType type : MessageType.values()) {
            if (set.number(type.paddingParameter()) != 0) {
                return false;
            }
        }
        return true;
    }

    static int paddedLength(ParameterSet set, MessageType type) {
        return set.number(type.paddingParameter()) + type.length();
    }

    private static boolean hasFixedSizes(ParameterSet set) {
        return !set.isOn(Parameter.RANDOM_TRAILERS);
    }

    /** True when something but decoys differs from plain WireGuard. */
    private static boolean isObfuscated(ParameterSet set) {
        if (!hasNoPadding(set) || !set.headerProtectionKey().isZero()) {
            return true;
        }
        for (MessageType type : MessageType.values()) {
            if (!set.isDefault(type.headerParameter())) {
                return true;
            }
        }
        return false;
    }

    private static void checkOversize(ParameterSet set, List<RuleViolation> violations) {
        for (MessageType type : MessageType.values()) {
            int length = paddedLength(set, type);
            if (length > MAX_UDP_PAYLOAD) {
                Parameter parameter = type.paddingParameter();
                violations.add(new RuleViolation(
                        "message-size",
                        Level.REFUSED,
                        List.of(parameter),
                        parameter.configKey() + " makes a datagram of " + length + " bytes, one takes "
                                + MAX_UDP_PAYLOAD + ": set it to "
                                + (MAX_UDP_PAYLOAD - type.length()) + " or less"));
            }
        }
    }

    private static void checkPairs(ParameterSet set, List<RuleViolation> violations) {
        for (MessageType first : HANDSHAKE_TYPES) {
            for (MessageType second : HANDSHAKE_TYPES) {
                if (first.index() < second.index() && paddedLength(set, first) == paddedLength(set, second)) {
                    Parameter one = first.paddingParameter();
                    Parameter other = second.paddingParameter();
                    violations.add(new RuleViolation(
                            "G2",
                            Level.WARNING,
                            List.of(one, other),
                            one.configKey() + " + " + first.length() + " = " + other.configKey() + " + "
                                    + second.length() + " = " + paddedLength(set, first)
                                    + ": two kinds of message get one size; change either"));
                }
            }
        }
    }

    /**
     * A handshake message as long as some transport message. Transport messages are {@code 32 + S4 + 16 k} bytes long,
     * unless ContentPaddingAddition draws their length. A cookie reply of 1.0, which has neither S3 nor S4, is always
     * one of them: nothing to choose, so nothing to say.
     */
    private static void checkTransportSizes(ParameterSet set, List<RuleViolation> violations) {
        if (!set.range(Parameter.CONTENT_PADDING_ADDITION).isZero()) {
            return;
        }
        int keepalive = paddedLength(set, MessageType.TRANSPORT);
        for (MessageType type : HANDSHAKE_TYPES) {
            Parameter parameter = type.paddingParameter();
            int beyond = paddedLength(set, type) - keepalive;
            boolean isChosen = set.number(parameter) != 0 || set.number(Parameter.S4) != 0;
            if (isChosen && beyond >= 0 && beyond % CONTENT_BLOCK == 0) {
                violations.add(new RuleViolation(
                        "G2",
                        Level.WARNING,
                        List.of(parameter, Parameter.S4),
                        parameter.configKey() + " + " + type.length() + " = " + paddedLength(set, type)
                                + " is also a size of data packets (32 + S4 + 16 k): change " + parameter.configKey()
                                + " or S4"));
            }
        }
    }

    private static void checkWireGuardSizes(ParameterSet set, List<RuleViolation> violations) {
        if (!hasFixedSizes(set)) {
            return;
        }
        for (MessageType type : List.of(MessageType.INITIATION, MessageType.RESPONSE)) {
            int length = paddedLength(set, type);
            for (MessageType lookalike : HANDSHAKE_TYPES) {
                if (length == lookalike.length()) {
                    Parameter parameter = type.paddingParameter();
                    violations.add(new RuleViolation(
                            "G3",
                            Level.WARNING,
                            List.of(parameter),
                            parameter.configKey() + " + " + type.length() + " = " + length
                                    + " is a size of WireGuard's own handshake: choose another "
                                    + parameter.configKey()));
                }
            }
        }
    }

    static void checkFragments(
            ParameterSet set, int tunnelMtu, int pathMtu, boolean isOverIpv6, List<RuleViolation> violations) {
        int room = pathMtu - (isOverIpv6 ? IPV6_AND_UDP_HEADER : IPV4_AND_UDP_HEADER);
        String where = " on a path of MTU " + pathMtu + (isOverIpv6 ? " over IPv6" : " over IPv4");
        if (set.number(Parameter.JC) > 0 && set.number(Parameter.JMAX) > room) {
            violations.add(fragments(
                    Parameter.JMAX,
                    "junk of up to Jmax = " + set.number(Parameter.JMAX) + " bytes is cut in fragments" + where
                            + ": set Jmax to " + room + " or less"));
        }
        for (Parameter parameter : Decoys.SIGNATURES) {
            int length = DecoyRules.lengthOrZero(set, parameter);
            if (length > room) {
                violations.add(fragments(
                        parameter,
                        parameter.configKey() + " has " + length + " bytes and is cut in fragments" + where
                                + ": make it " + room + " or less"));
            }
        }
        int overhead = paddedLength(set, MessageType.TRANSPORT);
        if (tunnelMtu + overhead > room) {
            violations.add(fragments(
                    Parameter.S4,
                    "full packets at MTU " + tunnelMtu + " are cut in fragments" + where + ": the largest good MTU is "
                            + (room - overhead)));
        }
    }

    private static RuleViolation fragments(Parameter parameter, String message) {
        return new RuleViolation("fragments", Level.WARNING, List.of(parameter), message);
    }
}
