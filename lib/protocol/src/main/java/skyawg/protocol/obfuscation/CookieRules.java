package skyawg.protocol.obfuscation;

import java.util.List;
import skyawg.protocol.obfuscation.RuleViolation.Level;

/**
 * What is given up with cookies. Under a flood of openings a responder asks, by a cookie, that the sender can be
 * reached at the address it writes from. Without that, openings with invented addresses cost it a key agreement each,
 * up to the rate that it allows itself, and honest ones share that rate. Header protection keeps such floods to those
 * who hold its key; without it the public key is enough to make them.
 */
final class CookieRules {
    private CookieRules() {}

    static void check(ParameterSet set, List<RuleViolation> violations) {
        if (set.isOn(Parameter.DISABLE_COOKIES) && set.headerProtectionKey().isZero()) {
            violations.add(new RuleViolation(
                    "cookies",
                    Level.WARNING,
                    List.of(Parameter.DISABLE_COOKIES),
                    "DisableCookies without HeaderProtectionKey: whoever knows the public key can keep new peers out by"
                            + " a flood from invented addresses; set a HeaderProtectionKey at both ends, or leave"
                            + " cookies on where clients connect"));
        }
    }
}
