package skyawg.protocol.obfuscation;

import java.util.List;

/**
 * A rule that a set of parameters breaks.
 *
 * @param rule the rule's stable name: {@code G1} to {@code G8} for the generator's rules, a word otherwise
 * @param parameters those at fault, in config file order; a linter points at their lines
 * @param message what is wrong and what to do, lower case, one sentence; holds no secret
 */
public record RuleViolation(String rule, Level level, List<Parameter> parameters, String message) {
    /** How bad it is, worst first. */
    public enum Level {
        /** The daemon does not take it: it could not work. */
        REFUSED,
        /** The daemon takes it, since the reference does; the linter calls it an error. */
        ERROR,
        /** It works, but worse than it could. */
        WARNING
    }

    public RuleViolation {
        parameters = parameters.stream().sorted().toList();
    }

    public boolean isRefusal() {
        return level == Level.REFUSED;
    }
}
