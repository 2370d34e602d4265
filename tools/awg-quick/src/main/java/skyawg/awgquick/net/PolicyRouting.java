package skyawg.awgquick.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.awgquick.exec.IpCommands;
import skyawg.awgquick.record.UndoRecord;
import skyawg.awgquick.record.UndoStep;
import skyawg.protocol.names.Cidr;

/** The two rules and the table that carry a default route, see the package's description. */
public final class PolicyRouting {
    /** The first table, and so the first mark, that is tried. */
    private static final long FIRST_TABLE = 51820;

    private static final Path SRC_VALID_MARK = Path.of("/proc/sys/net/ipv4/conf/all/src_valid_mark");

    private final Commands commands;
    private final String interfaceName;

    public PolicyRouting(Commands commands, String interfaceName) {
        this.commands = commands;
        this.interfaceName = interfaceName;
    }

    /** The first table without routes and without a rule that looks there. */
    public long freeTable() throws FailureException {
        List<Long> inUse = new ArrayList<>();
        for (Family family : Family.values()) {
            for (Rule rule : Rule.listIfAny(family, commands)) {
                inUse.add(rule.mark());
            }
        }
        long table = FIRST_TABLE;
        while (inUse.contains(table) || hasRoutes(Family.V4, table) || hasRoutes(Family.V6, table)) {
            table++;
        }
        return table;
    }

    /** Adds rules and route for a prefix of length 0. */
    public void add(Cidr prefix, long table, UndoRecord record) throws FailureException {
        Family family = AllowedPrefixes.family(prefix);
        long preference = Rule.nextPreference(Rule.list(family, commands));
        record.add(new UndoStep.LookupRule(family, preference, table));
        record.add(new UndoStep.SuppressRule(family, preference - 1));
        String number = Long.toString(table);
        new IpCommands(commands)
                .add(family, "rule", "add", "not", "fwmark", number, "table", number)
                .add(family, "rule", "add", "table", "main", "suppress_prefixlength", "0")
                .add(family, "route", "add", prefix.toString(), "dev", interfaceName, "table", number)
                .run();
    }

    /**
     * Lets the reverse path filter count the mark. It stays on when the interface goes: another tunnel may need it.
     * Where /proc is read-only, as in containers, the tunnel works all the same unless the filter is strict.
     */
    public void countMarkInReversePathFilter() throws FailureException {
        commands.stop().check();
        commands.show("sysctl -q net.ipv4.conf.all.src_valid_mark=1");
        try {
            if (!Files.readString(SRC_VALID_MARK).strip().equals("1")) {
                Files.writeString(SRC_VALID_MARK, "1");
            }
        } catch (IOException e) {
            commands.say("Warning: net.ipv4.conf.all.src_valid_mark could not be set to 1 (" + e.getMessage()
                    + "); where net.ipv4.conf.*.rp_filter is 1, answers of peers are dropped");
        }
    }

    /** Deletes the rule that sends packets to the interface's table; one that is gone already is no error. */
    public void remove(UndoStep.LookupRule step) throws FailureException {
        List<Rule> rules = Rule.list(step.family(), commands);
        Rule ours = null;
        boolean isOnly = true;
        for (Rule rule : rules) {
            if (rule.isLookup(step.table()) && (ours == null || rule.preference() == step.preference())) {
                ours = rule;
            }
        }
        for (Rule rule : rules) {
            isOnly &= rule.equals(ours) || !rule.looksIn(step.table());
        }
        if (ours != null) {
            delete(step.family(), ours, isOnly, "table", Long.toString(step.table()));
        }
    }

    /**
     * Deletes our copy of the rule that all tunnels with a default route have; one that is gone already is no error.
     */
    public void remove(UndoStep.SuppressRule step) throws FailureException {
        Rule ours = null;
        int copies = 0;
        for (Rule rule : Rule.list(step.family(), commands)) {
            if (rule.isSuppress()) {
                copies++;
                ours = rule.preference() == step.preference() ? rule : ours;
            }
        }
        if (ours != null) {
            delete(step.family(), ours, copies == 1, "table", "main", "suppress_prefixlength", "0");
        }
    }

    /** The rules of an interface of which there is no record: those with its mark, each with the copy just above it. */
    public List<UndoStep> assumed(long mark) throws FailureException {
        List<UndoStep> steps = new ArrayList<>();
        for (Family family : Family.values()) {
            List<Rule> rules = Rule.listIfAny(family, commands);
            for (int i = 0; i < rules.size(); i++) {
                if (rules.get(i).isLookup(mark)) {
                    steps.add(new UndoStep.LookupRule(family, rules.get(i).preference(), mark));
                    if (i > 0 && rules.get(i - 1).isSuppress()) {
                        steps.add(new UndoStep.SuppressRule(
                                family, rules.get(i - 1).preference()));
                    }
                }
            }
        }
        return steps;
    }

    /** Without a preference {@code ip} deletes the first rule that fits, which may be another tunnel's. */
    private void delete(Family family, Rule rule, boolean isOnly, String... selector) throws FailureException {
        List<String> command = new ArrayList<>(List.of("ip", family.option(), "rule", "delete"));
        if (!isOnly) {
            command.add("pref");
            command.add(Long.toString(rule.preference()));
        }
        command.addAll(List.of(selector));
        commands.run(command);
    }

    private boolean hasRoutes(Family family, long table) throws FailureException {
        return !commands.ask("ip", family.option(), "route", "show", "table", Long.toString(table))
                .text()
                .isBlank();
    }
}
