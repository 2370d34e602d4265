package skyawg.protocol.obfuscation;

import java.util.List;

/** Hand-set values that the generator does not take: each names the rule that it breaks. */
public final class RefusedParametersException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<RuleViolation> violations;

    public RefusedParametersException(List<RuleViolation> violations) {
        super(String.join(
                "; ",
                violations.stream().map(v -> v.rule() + ": " + v.message()).toList()));
        this.violations = List.copyOf(violations);
    }

    public List<RuleViolation> violations() {
        return violations;
    }
}
