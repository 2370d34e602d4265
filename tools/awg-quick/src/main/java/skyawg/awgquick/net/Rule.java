package skyawg.awgquick.net;

import java.util.ArrayList;
import java.util.List;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;

/**
 * A line of {@code ip rule show}: {@code 32765: not from all fwmark 0xca6c lookup 51820}.
 *
 * @param selector what stands behind the preference
 */
record Rule(long preference, String selector) {
    private static final String SUPPRESS = "from all lookup main suppress_prefixlength 0";
    private static final String NOT_MARKED = "not from all fwmark 0x";

    /** Fails where the rules cannot be listed: what is decided by them must not be decided by none. */
    static List<Rule> list(Family family, Commands commands) throws FailureException {
        Commands.Output output = commands.ask("ip", family.option(), "rule", "show");
        if (!output.isOk()) {
            throw FailureException.because(
                    output.status(), "`ip " + family.option() + " rule show' failed with status " + output.status());
        }
        return parse(output.text());
    }

    /** The rules, none where the kernel lacks the family. */
    static List<Rule> listIfAny(Family family, Commands commands) throws FailureException {
        return parse(commands.ask("ip", family.option(), "rule", "show").text());
    }

    static List<Rule> parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                rules.add(new Rule(
                        Long.parseLong(line.substring(0, colon).strip()),
                        line.substring(colon + 1).strip()));
            }
        }
        return rules;
    }

    /** The preference that the kernel gives a rule without one: below that of the second in the list. */
    static long nextPreference(List<Rule> rules) {
        return rules.size() < 2 ? 0 : Math.max(rules.get(1).preference() - 1, 0);
    }

    /** True for the rule that lets more specific routes of the main table win. */
    boolean isSuppress() {
        return selector.equals(SUPPRESS);
    }

    /** True for the rule that sends what does not carry a mark to the table of the same number. */
    boolean isLookup(long table) {
        return selector.startsWith(NOT_MARKED + Long.toHexString(table) + " lookup ");
    }

    /** True when packets look in this table, by whatever rule. */
    boolean looksIn(long table) {
        return (selector + " ").contains(" lookup " + table + " ");
    }

    /** The mark of a rule like ours, -1 for other rules. */
    long mark() {
        int end = selector.indexOf(" lookup ");
        if (!selector.startsWith(NOT_MARKED) || end < 0) {
            return -1;
        }
        try {
            return Long.parseLong(selector.substring(NOT_MARKED.length(), end), 16);
        } catch (NumberFormatException e) {
            // "0xca6c/0xff00": a mask, none of ours
            return -1;
        }
    }
}
