package skyawg.awgquick;

import java.util.ArrayList;
import java.util.List;
import skyawg.awgquick.conf.QuickConfig;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.awgquick.net.LinkMtu;
import skyawg.awgquick.net.Links;
import skyawg.awgquick.net.NameServers;
import skyawg.awgquick.record.UndoRecord;
import skyawg.awgquick.record.UndoStep;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.obfuscation.Parameter;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/** Brings an interface up, whole or not at all. */
final class Up {
    private final Surroundings around;
    private final QuickConfig config;
    private final Commands commands;
    private final String interfaceName;

    Up(Surroundings around) {
        this.around = around;
        this.config = around.config();
        this.commands = around.commands();
        this.interfaceName = around.interfaceName();
    }

    void run() throws FailureException {
        if (Links.exists(interfaceName)) {
            throw FailureException.because("`" + interfaceName + "' already exists");
        }
        NameServers nameServers = new NameServers(commands, interfaceName);
        if (!config.dnsServers().isEmpty()) {
            nameServers.requireSomeoneToTakeThem();
        }
        if (!commands.has(around.program())) {
            throw FailureException.because("`" + around.program() + "' is not here: install it,"
                    + " or name another daemon in WG_QUICK_USERSPACE_IMPLEMENTATION");
        }
        try (UndoRecord record = UndoRecord.open(around.records(), interfaceName)) {
            undoWhatACrashLeft(record);
            try {
                record.begin(Links.namespace());
                addAll(record, nameServers);
            } catch (FailureException e) {
                throw undone(record, e);
            }
        }
    }

    private void addAll(UndoRecord record, NameServers nameServers) throws FailureException {
        Hooks hooks = around.hooks();
        record.add(new UndoStep.Link(interfaceName));
        commands.run(around.program(), interfaceName);
        hooks.run(config.hooks().preUp());
        commands.show("awg setconf " + interfaceName + " /dev/fd/63");
        commands.stop()
                .interruptibly(() -> around.tunnel().setConfig(config.rest().bytes()));
        InterfaceSnapshot snapshot = around.tunnel().get();
        addAddresses();
        commands.run("ip", "link", "set", "mtu", mtu(snapshot), "up", "dev", interfaceName);
        if (!config.dnsServers().isEmpty()) {
            nameServers.add(config.dnsServers(), config.searchDomains(), record);
        }
        new Routes(around, record).add(snapshot);
        hooks.run(config.hooks().postUp());
        commands.stop().check();
    }

    private void addAddresses() throws FailureException {
        for (String address : config.addresses()) {
            commands.run("ip", Family.of(address).option(), "address", "add", address, "dev", interfaceName);
        }
    }

    private String mtu(InterfaceSnapshot snapshot) throws FailureException {
        if (!config.mtu().isEmpty()) {
            return config.mtu();
        }
        List<Endpoint> endpoints = new ArrayList<>();
        for (PeerSnapshot peer : snapshot.peers()) {
            peer.endpoint().ifPresent(endpoints::add);
        }
        int s4 = snapshot.parameters().number(Parameter.S4);
        return Integer.toString(new LinkMtu(commands).of(endpoints, s4));
    }

    /** An {@code up} or its daemon was killed: its rules, tables and name servers may still be in force. */
    private void undoWhatACrashLeft(UndoRecord record) throws FailureException {
        if (record.steps().isEmpty()) {
            record.clear();
        } else if (record.namespace().equals(Links.namespace())) {
            new Undo(commands, interfaceName, record).leftovers();
        } else if (around.tunnel().answers()) {
            throw FailureException.because("`" + interfaceName + "' is up in another network namespace:"
                    + " where /run is shared, names must differ");
        } else {
            // That namespace's rules cannot be reached from here; most likely it is gone, and they with it.
            record.clear();
        }
    }

    private FailureException undone(UndoRecord record, FailureException cause) {
        commands.stop().shield();
        if (!cause.text().isEmpty()) {
            commands.say("awg-quick: " + cause.text());
        }
        try {
            new Undo(commands, interfaceName, record).afterFailure();
        } catch (FailureException e) {
            if (!e.text().isEmpty()) {
                commands.say("awg-quick: " + e.text());
            }
            commands.say("awg-quick: not all could be undone: run awg-quick down " + interfaceName);
        }
        return FailureException.passingOn(cause.status());
    }
}
