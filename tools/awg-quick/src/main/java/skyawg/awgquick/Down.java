package skyawg.awgquick;

import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.awgquick.net.AllowedPrefixes;
import skyawg.awgquick.net.Firewall;
import skyawg.awgquick.net.Links;
import skyawg.awgquick.net.NameServers;
import skyawg.awgquick.net.PolicyRouting;
import skyawg.awgquick.record.UndoRecord;
import skyawg.awgquick.record.UndoStep;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/**
 * Takes an interface down and everything that came with it, by the record of {@code up}, whether its daemon lives or
 * not. An interface that something else brought up has no record: what it brought is worked out from its state.
 */
final class Down {
    private final Surroundings around;
    private final QuickConfig config;
    private final Commands commands;
    private final String interfaceName;

    Down(Surroundings around) {
        this.around = around;
        this.config = around.config();
        this.commands = around.commands();
        this.interfaceName = around.interfaceName();
    }

    void run() throws FailureException {
        boolean isAlive = Links.exists(interfaceName) && around.tunnel().answers();
        UndoRecord found = UndoRecord.find(around.records(), interfaceName);
        if (found != null && !found.namespace().equals(Links.namespace())) {
            found.close();
            found = null;
        }
        if (found == null && !isAlive) {
            throw FailureException.because("`" + interfaceName + "' is not a WireGuard interface");
        }
        try (UndoRecord record = found != null ? found : assume()) {
            if (isAlive) {
                runAlive(record);
            } else {
                runDead(record);
            }
        }
    }

    private void runAlive(UndoRecord record) throws FailureException {
        Hooks hooks = around.hooks();
        hooks.run(config.hooks().preDown());
        if (config.saveConfig()) {
            new Save(around).write();
        }
        commands.stop().check();
        commands.stop().shield();
        new Undo(commands, interfaceName, record).downwards();
        hooks.run(config.hooks().postDown());
    }

    /** Without its daemon the interface is gone: a hook that trips over that keeps nothing from being cleaned up. */
    private void runDead(UndoRecord record) throws FailureException {
        if (config.saveConfig()) {
            commands.say("Warning: the daemon of `" + interfaceName + "' is gone, its state is not saved");
        }
        FailureException failure = null;
        try {
            around.hooks().run(config.hooks().preDown());
            commands.stop().check();
        } catch (FailureException e) {
            failure = e;
        }
        commands.stop().shield();
        new Undo(commands, interfaceName, record).downwards();
        around.hooks().run(config.hooks().postDown());
        if (failure != null) {
            throw failure;
        }
    }

    private UndoRecord assume() throws FailureException {
        UndoRecord record = UndoRecord.open(around.records(), interfaceName);
        try {
            record.clear();
            record.begin(Links.namespace());
            addAssumed(record);
            return record;
        } catch (FailureException e) {
            record.delete();
            record.close();
            throw e;
        }
    }

    private void addAssumed(UndoRecord record) throws FailureException {
        InterfaceSnapshot snapshot = around.tunnel().get();
        if (config.hasAutomaticTable() && snapshot.fwmark() != 0 && AllowedPrefixes.hasDefault(snapshot)) {
            for (UndoStep rule : new PolicyRouting(commands, interfaceName).assumed(snapshot.fwmark())) {
                record.add(rule);
            }
        }
        record.add(new UndoStep.Link(interfaceName));
        if (!config.dnsServers().isEmpty()) {
            record.add(new NameServers(commands, interfaceName).assumed());
        }
        Firewall firewall = new Firewall(commands, interfaceName);
        for (Family family : firewall.nftFamilies()) {
            record.add(new UndoStep.NftTable(family));
        }
        for (Family family : Family.values()) {
            if (commands.has(family.iptables() + "-save")) {
                record.add(new UndoStep.IptablesRules(family));
            }
        }
    }
}
