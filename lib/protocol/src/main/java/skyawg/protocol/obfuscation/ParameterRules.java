package skyawg.protocol.obfuscation;

import java.util.List;

/** Whether the values of a set fit together: what the daemon refuses, and what a linter has to say beyond that. */
@SuppressWarnings("DoNotCallSuggester") // bodies follow
public final class ParameterRules {
    private ParameterRules() {}

    /** Everything there is to say, worst first, then in config file order. */
    public static List<RuleViolation> check(ParameterSet set) {
        throw new UnsupportedOperationException();
    }

    /** What the daemon refuses. */
    public static List<RuleViolation> refusals(ParameterSet set) {
        throw new UnsupportedOperationException();
    }

    /**
     * Datagrams that the path would cut in fragments.
     *
     * @param tunnelMtu MTU of the interface
     * @param pathMtu MTU of the way to the peer
     * @param isOverIpv6 whether the peer is reached over IPv6
     */
    public static List<RuleViolation> checkSizes(ParameterSet set, int tunnelMtu, int pathMtu, boolean isOverIpv6) {
        throw new UnsupportedOperationException();
    }
}
