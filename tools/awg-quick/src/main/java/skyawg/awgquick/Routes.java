package skyawg.awgquick;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.awgquick.exec.IpCommands;
import skyawg.awgquick.net.AllowedPrefixes;
import skyawg.awgquick.net.Firewall;
import skyawg.awgquick.net.PolicyRouting;
import skyawg.awgquick.record.TableLock;
import skyawg.awgquick.record.UndoRecord;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.tunnel.InterfaceSnapshot;

/** Routes the peers' allowed IPs to the interface, as Table says. */
final class Routes {
    private final Surroundings around;
    private final Commands commands;
    private final String interfaceName;
    private final UndoRecord record;
    private final Map<Family, List<Cidr>> alreadyThere = new EnumMap<>(Family.class);

    Routes(Surroundings around, UndoRecord record) {
        this.around = around;
        this.commands = around.commands();
        this.interfaceName = around.interfaceName();
        this.record = record;
    }

    void add(InterfaceSnapshot snapshot) throws FailureException {
        if (around.config().isWithoutRoutes()) {
            return;
        }
        List<Cidr> prefixes = AllowedPrefixes.of(snapshot);
        IpCommands ip = new IpCommands(commands);
        boolean isAutomatic = around.config().hasAutomaticTable();
        for (Cidr prefix : prefixes) {
            Family family = AllowedPrefixes.family(prefix);
            String text = prefix.toString();
            if (!isAutomatic) {
                String table = around.config().table();
                ip.add(family, "route", "add", text, "dev", interfaceName, "table", table);
            } else if (!AllowedPrefixes.isDefault(prefix) && !isCovered(prefix, family)) {
                ip.add(family, "route", "add", text, "dev", interfaceName);
            }
        }
        ip.run();
        if (isAutomatic && AllowedPrefixes.hasDefault(snapshot)) {
            addDefaults(prefixes, snapshot.fwmark());
        }
    }

    /** Default routes are the last of the list. */
    private void addDefaults(List<Cidr> prefixes, long fwmark) throws FailureException {
        PolicyRouting routing = new PolicyRouting(commands, interfaceName);
        Firewall firewall = new Firewall(commands, interfaceName);
        try (TableLock _ = TableLock.take(around.records())) {
            long table = fwmark;
            if (table == 0) {
                table = routing.freeTable();
                commands.show("awg set " + interfaceName + " fwmark " + table);
                around.tunnel().setFwmark(table);
            }
            for (Cidr prefix : prefixes) {
                if (AllowedPrefixes.isDefault(prefix)) {
                    routing.add(prefix, table, record);
                    if (AllowedPrefixes.family(prefix) == Family.V4) {
                        routing.countMarkInReversePathFilter();
                    }
                    firewall.add(AllowedPrefixes.family(prefix), table, record);
                }
            }
        }
    }

    /** True when a route that the interface's addresses brought leads there already. */
    private boolean isCovered(Cidr prefix, Family family) throws FailureException {
        List<Cidr> routes = alreadyThere.get(family);
        if (routes == null) {
            routes = AllowedPrefixes.routesOn(interfaceName, family, commands);
            alreadyThere.put(family, routes);
        }
        for (Cidr route : routes) {
            if (route.prefixBits() <= prefix.prefixBits() && route.contains(prefix.address())) {
                return true;
            }
        }
        return false;
    }
}
