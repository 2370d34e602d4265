package skyawg.protocol.obfuscation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Whether the values of a set fit together: what the daemon refuses, and what a linter has to say beyond that.
 *
 * <p>The rules by name, with where they stand:
 *
 * <pre>
 *   G1  type words: ranges apart, outside 0 to 4                  HeaderRules
 *   G2  no two padded messages of one size                        SizeRules
 *   G3  no padded handshake message of a WireGuard size           SizeRules
 *   G4  no decoy that reads as a message                          DecoyRules
 *   G5  random trailers need S1 = S2 = S3 = S4                    TrailerRules
 *   G6  random trailers need single type words                    TrailerRules
 *   junk-sizes, decoy-count, signature, counter-tag, static-signature   DecoyRules
 *   message-size, fragments                                       SizeRules
 *   header-protection                                             HeaderRules
 *   session-times                                                 TimingRules
 *   cookies                                                       CookieRules
 *   level                                                         ParameterGenerator
 * </pre>
 *
 * G7 (a range is drawn once a session) binds {@link TimingParameters}, G8 (hand-set values are refused, never repaired)
 * and G9 (nothing follows from a key or a port) bind {@link ParameterGenerator}.
 */
public final class ParameterRules {
    private static final Comparator<RuleViolation> WORST_FIRST = Comparator.comparing(RuleViolation::level)
            .thenComparing(violation -> violation.parameters().getFirst());

    private ParameterRules() {}

    /** Everything there is to say, worst first, then in config file order. */
    public static List<RuleViolation> check(ParameterSet set) {
        return check(set, false);
    }

    /** What the daemon refuses. */
    public static List<RuleViolation> refusals(ParameterSet set) {
        return check(set).stream().filter(RuleViolation::isRefusal).toList();
    }

    /** The same as {@link #check(ParameterSet)} with G1 to G6 as strict as generated values keep them. */
    static List<RuleViolation> checkStrictly(ParameterSet set) {
        return check(set, true);
    }

    /**
     * Datagrams that the path would cut in fragments.
     *
     * @param tunnelMtu MTU of the interface
     * @param pathMtu MTU of the way to the peer
     * @param isOverIpv6 whether the peer is reached over IPv6
     */
    public static List<RuleViolation> checkSizes(ParameterSet set, int tunnelMtu, int pathMtu, boolean isOverIpv6) {
        List<RuleViolation> violations = new ArrayList<>();
        SizeRules.checkFragments(set, tunnelMtu, pathMtu, isOverIpv6, violations);
        return List.copyOf(violations);
    }

    private static List<RuleViolation> check(ParameterSet set, boolean isStrict) {
        List<RuleViolation> violations = new ArrayList<>();
        HeaderRules.check(set, isStrict, violations);
        SizeRules.check(set, violations);
        DecoyRules.check(set, violations);
        TrailerRules.check(set, isStrict, violations);
        TimingRules.check(set, violations);
        CookieRules.check(set, violations);
        violations.sort(WORST_FIRST);
        return List.copyOf(violations);
    }
}
