package skyawg.awg.check;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.obfuscation.ParameterRules;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.obfuscation.RuleViolation;

/** Puts what {@link ParameterRules} have to say on the lines of the file. */
final class ParameterCheck {
    private static final int SMALLEST_IPV6_MTU = 1280;

    /** IPv6 and UDP headers, and a transport message's own 32 bytes: what awg-quick leaves room for. */
    private static final int LARGEST_OVERHEAD = 80;

    private final ParameterSet set;
    private final Map<Parameter, Integer> lines;
    private final Set<Parameter> unreadable;
    private final int interfaceLine;

    /**
     * @param lines where parameters are written
     * @param unreadable those with a value that cannot be read: nothing is said about how they fit
     * @param interfaceLine for what stands nowhere
     */
    ParameterCheck(ParameterSet set, Map<Parameter, Integer> lines, Set<Parameter> unreadable, int interfaceLine) {
        this.set = set;
        this.lines = lines;
        this.unreadable = unreadable;
        this.interfaceLine = interfaceLine;
    }

    void checkRules(List<Finding> findings) {
        for (RuleViolation violation : ParameterRules.check(set)) {
            if (!Collections.disjoint(violation.parameters(), unreadable)) {
                continue;
            }
            findings.add(finding(violation, violation.parameters().getFirst()));
        }
    }

    /**
     * @param mtu what the file says, 0 when it says nothing: awg-quick then finds one
     * @param mtuLine where
     */
    void checkSizes(int mtu, int mtuLine, int pathMtu, boolean isOverIpv6, List<Finding> findings) {
        int chosen =
                Math.max(Math.min(SMALLEST_IPV6_MTU, pathMtu), pathMtu - LARGEST_OVERHEAD - set.number(Parameter.S4));
        for (RuleViolation violation : ParameterRules.checkSizes(set, mtu == 0 ? chosen : mtu, pathMtu, isOverIpv6)) {
            boolean isOfMtu = mtu != 0 && violation.parameters().contains(Parameter.S4);
            findings.add(
                    isOfMtu
                            ? Finding.warning(mtuLine, ConfigKey.MTU.spelling(), violation.rule(), violation.message())
                            : finding(violation, violation.parameters().getFirst()));
        }
    }

    private Finding finding(RuleViolation violation, Parameter first) {
        Parameter written = first;
        if (violation.rule().equals("header-protection")) {
            written = Parameter.HEADER_PROTECTION_KEY;
        }
        for (Parameter parameter : violation.parameters()) {
            if (lines.containsKey(parameter)) {
                written = parameter;
                break;
            }
        }
        int line = lines.getOrDefault(written, interfaceLine);
        return switch (violation.level()) {
            case REFUSED, ERROR -> Finding.error(line, written.configKey(), violation.rule(), violation.message());
            case WARNING -> Finding.warning(line, written.configKey(), violation.rule(), violation.message());
        };
    }
}
