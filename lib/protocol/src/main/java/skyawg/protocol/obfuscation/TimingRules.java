package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.List;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.RuleViolation.Level;

/** The timing ranges against each other, unset ones at WireGuard's default. The reference checks none of it. */
final class TimingRules {
    private TimingRules() {}

    static void check(ParameterSet set, List<RuleViolation> violations) {
        TimingParameters timing = TimingParameters.of(set);
        UintRange reject = timing.rejectAfterTime();
        UintRange rekey = timing.rekeyAfterTime();
        UintRange timeout = timing.rekeyTimeout();
        UintRange keepalive = timing.keepaliveTimeout();
        if (reject.low() <= rekey.high()) {
            violations.add(violation(
                    set,
                    Level.ERROR,
                    List.of(Parameter.REKEY_AFTER_TIME, Parameter.REJECT_AFTER_TIME),
                    "RejectAfterTime " + reject + " is not above RekeyAfterTime " + rekey
                            + ": sessions die before they are renewed; set it above "
                            + (rekey.high() + timeout.high())));
        } else if (reject.low() <= rekey.high() + timeout.high()) {
            violations.add(violation(
                    set,
                    Level.WARNING,
                    List.of(Parameter.REKEY_AFTER_TIME, Parameter.REKEY_TIMEOUT, Parameter.REJECT_AFTER_TIME),
                    "RejectAfterTime " + reject + " leaves no time for a second try after RekeyAfterTime " + rekey
                            + " and RekeyTimeout " + timeout + ": set it above " + (rekey.high() + timeout.high())));
        }
        if (reject.low() <= keepalive.high() + timeout.high()) {
            violations.add(violation(
                    set,
                    Level.ERROR,
                    List.of(Parameter.REKEY_TIMEOUT, Parameter.REJECT_AFTER_TIME, Parameter.KEEPALIVE_TIMEOUT),
                    "RejectAfterTime " + reject + " is not above KeepaliveTimeout " + keepalive + " and RekeyTimeout "
                            + timeout + " together: sessions die before they are renewed; set it above "
                            + (keepalive.high() + timeout.high())));
        }
    }

    /** Names the parameters that are written, so that a linter finds their lines; all of them when none is. */
    private static RuleViolation violation(ParameterSet set, Level level, List<Parameter> involved, String message) {
        List<Parameter> written = new ArrayList<>(involved);
        written.removeIf(set::isDefault);
        return new RuleViolation("session-times", level, written.isEmpty() ? involved : written, message);
    }
}
