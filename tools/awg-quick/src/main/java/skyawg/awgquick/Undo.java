package skyawg.awgquick;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.awgquick.net.Firewall;
import skyawg.awgquick.net.Links;
import skyawg.awgquick.net.NameServers;
import skyawg.awgquick.net.PolicyRouting;
import skyawg.awgquick.record.UndoRecord;
import skyawg.awgquick.record.UndoStep;

/**
 * Takes back what a record says was added, and nothing else. One thing that cannot be taken back does not keep the
 * others from it: it stays in the record, and the first failure is thrown at the end.
 */
final class Undo {
    private final Commands commands;
    private final UndoRecord record;
    private final NameServers nameServers;
    private final Firewall firewall;
    private final PolicyRouting routing;
    private @Nullable FailureException failure;

    Undo(Commands commands, String interfaceName, UndoRecord record) {
        this.commands = commands;
        this.record = record;
        this.nameServers = new NameServers(commands, interfaceName);
        this.firewall = new Firewall(commands, interfaceName);
        this.routing = new PolicyRouting(commands, interfaceName);
    }

    /** The order of {@code down}: nobody's packets lose the tunnel before the interface is gone. */
    void downwards() throws FailureException {
        rules();
        links();
        nameServers();
        firewall();
        end();
    }

    /** The order after a failed {@code up}. */
    void afterFailure() throws FailureException {
        nameServers();
        firewall();
        rules();
        links();
        end();
    }

    /** As after a failure, but the record stays, for the {@code up} that goes on now. */
    void leftovers() throws FailureException {
        nameServers();
        firewall();
        rules();
        links();
        if (failure != null) {
            throw failure;
        }
        record.clear();
    }

    private void rules() {
        for (Family family : Family.values()) {
            for (UndoStep step : record.steps()) {
                switch (step) {
                    case UndoStep.LookupRule rule
                    when rule.family() == family -> attempt(rule, () -> routing.remove(rule));
                    case UndoStep.SuppressRule rule
                    when rule.family() == family -> attempt(rule, () -> routing.remove(rule));
                    default -> {}
                }
            }
        }
    }

    private void links() {
        for (UndoStep step : record.steps()) {
            if (step instanceof UndoStep.Link(String name)) {
                attempt(step, () -> {
                    if (Links.exists(name)) {
                        commands.run("ip", "link", "delete", "dev", name);
                    }
                    Sockets.awaitRemoval(name);
                });
            }
        }
    }

    private void nameServers() {
        for (UndoStep step : record.steps()) {
            switch (step) {
                case UndoStep.Resolvconf servers -> attempt(step, () -> nameServers.remove(servers));
                case UndoStep.Resolvectl servers -> attempt(step, () -> nameServers.remove(servers));
                default -> {}
            }
        }
    }

    private void firewall() {
        List<Family> tables = new ArrayList<>();
        List<UndoStep> steps = new ArrayList<>();
        for (UndoStep step : record.steps()) {
            switch (step) {
                case UndoStep.NftTable(Family family) -> {
                    tables.add(family);
                    steps.add(step);
                }
                case UndoStep.IptablesRules(Family family) -> attempt(step, () -> firewall.removeIptables(family));
                default -> {}
            }
        }
        if (!tables.isEmpty()) {
            attempt(steps, () -> firewall.removeNft(tables));
        }
    }

    private interface Removal {
        void run() throws FailureException;
    }

    private void attempt(UndoStep step, Removal removal) {
        attempt(List.of(step), removal);
    }

    private void attempt(List<UndoStep> steps, Removal removal) {
        try {
            removal.run();
            for (UndoStep step : steps) {
                record.undone(step);
            }
        } catch (FailureException e) {
            if (failure == null) {
                failure = e;
            } else if (!e.text().isEmpty()) {
                commands.say("awg-quick: " + e.text());
            }
        }
    }

    private void end() throws FailureException {
        if (failure != null) {
            throw failure;
        }
        record.delete();
    }
}
