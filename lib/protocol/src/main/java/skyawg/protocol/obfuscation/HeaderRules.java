package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.RuleViolation.Level;

/** H1 to H4, and what header protection asks of S1 to S4. */
final class HeaderRules {
    /** The nonce of header protection is this much of the padding. */
    private static final int NONCE_LENGTH = 12;

    private static final UintRange WIREGUARD_TYPES = new UintRange(0, 4);

    private HeaderRules() {}

    static void check(ParameterSet set, boolean isStrict, List<RuleViolation> violations) {
        checkOverlap(set, violations);
        checkWireGuardTypes(set, isStrict, violations);
        checkNonce(set, violations);
    }

    private static void checkOverlap(ParameterSet set, List<RuleViolation> violations) {
        MessageType[] types = MessageType.values();
        for (int i = 0; i < types.length; i++) {
            for (int k = i + 1; k < types.length; k++) {
                Parameter first = types[i].headerParameter();
                Parameter second = types[k].headerParameter();
                if (set.range(first).overlaps(set.range(second))) {
                    violations.add(new RuleViolation(
                            "G1",
                            Level.REFUSED,
                            List.of(first, second),
                            first.configKey() + " and " + second.configKey() + " overlap (" + set.range(first) + ", "
                                    + set.range(second) + "): give each message type values of its own"));
                }
            }
        }
    }

    private static void checkWireGuardTypes(ParameterSet set, boolean isStrict, List<RuleViolation> violations) {
        boolean areMasked = !set.headerProtectionKey().isZero();
        List<Parameter> plain = new ArrayList<>();
        boolean areAllDefault = true;
        for (MessageType type : MessageType.values()) {
            Parameter parameter = type.headerParameter();
            areAllDefault &= set.isDefault(parameter);
            if (set.range(parameter).overlaps(WIREGUARD_TYPES)) {
                plain.add(parameter);
            }
        }
        boolean isWireGuard = areAllDefault && SizeRules.hasNoPadding(set);
        boolean isFine = areMasked ? !isStrict || areAllDefault : isWireGuard;
        if (plain.isEmpty() || isFine) {
            return;
        }
        String names = names(plain);
        violations.add(new RuleViolation(
                "G1",
                Level.WARNING,
                plain,
                areMasked
                        ? names + " should be above 4, or all of H1 to H4 left at 1, 2, 3, 4"
                        : names + " within 0 to 4: such a message keeps the type word of plain WireGuard; choose values"
                                + " from 5 to 2147483647, or set HeaderProtectionKey"));
    }

    private static void checkNonce(ParameterSet set, List<RuleViolation> violations) {
        if (set.headerProtectionKey().isZero()) {
            return;
        }
        List<Parameter> tooShort = new ArrayList<>();
        for (MessageType type : MessageType.values()) {
            if (set.number(type.paddingParameter()) < NONCE_LENGTH) {
                tooShort.add(type.paddingParameter());
            }
        }
        if (!tooShort.isEmpty()) {
            violations.add(new RuleViolation(
                    "header-protection",
                    Level.REFUSED,
                    tooShort,
                    names(tooShort) + " below 12: HeaderProtectionKey takes its nonce from the first 12 bytes of the"
                            + " padding; set S1 to S4 to 12 or more, or leave the key out"));
        }
    }

    static String names(List<Parameter> parameters) {
        return String.join(", ", parameters.stream().map(Parameter::configKey).toList());
    }
}
