package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

/**
 * What the kernel must know of a node's interfaces: addresses, which packets go into the mesh, and masquerading.
 *
 * <pre>
 *   table 100     destinations that go by a tunnel, over sky0; unreachable without it
 *   rules 10098   packets of an interface ask table 100
 *         10099   so do this machine's, but for the mesh's own datagrams; then come prefixes of the main table, and
 *                 last of all a default route of table 100
 *   nft skyawg    what enters sky0 from elsewhere comes from its address; what leaves skyx0's tunnels, from the exit's
 * </pre>
 *
 * <p>Table and rules outlive the daemon: what was to go through the mesh goes nowhere while it is gone. Only
 * {@link #clear} takes them away.
 */
final class KernelRoutes {
    static final String INGRESS = "sky0";
    static final String EGRESS = "skyx0";
    static final String TABLE = "100";

    /** On the mesh device's own datagrams, which must not go through the mesh. */
    static final int MARK = 0x736b79;

    private static final String FORWARDED = "10098";
    private static final String OWN_PREFIXES = "10099";
    private static final String MAIN_PREFIXES = "10100";
    private static final String OWN_DEFAULT = "10101";
    private static final Set<String> PREFERENCES = Set.of(FORWARDED, OWN_PREFIXES, MAIN_PREFIXES, OWN_DEFAULT);
    private static final List<String> NOT_THE_DEFAULT = List.of("suppress_prefixlength", "0");
    private static final String MTU = "1336";
    private static final String GRANTED_V4 = "100.64.0.0/10";
    private static final String LAST_METRIC = "4278198272";

    private final KernelCommands kernel;

    /** @param from an interface; empty for all packets of this machine and those that it forwards */
    record Steering(Cidr destination, Optional<String> from) {}

    KernelRoutes(KernelCommands kernel) {
        this.kernel = kernel;
    }

    /** Sets the ingress's interface up. */
    void ingress(MeshNode.Clients clients) throws IOException {
        for (Cidr address : prefixes(clients)) {
            // Alone, without a route to the others: they may be an AmneziaWG interface's clients.
            ip("address", "replace", MeshNode.Clients.router(address).toString(), "dev", INGRESS);
        }
        ip("link", "set", INGRESS, "mtu", MTU, "up");
        kernel.set("net/ipv4/conf/" + INGRESS + "/rp_filter", "2");
        masquerade(clients);
    }

    private static List<Cidr> prefixes(MeshNode.Clients clients) {
        List<Cidr> prefixes = new ArrayList<>();
        if (clients.ipv4() != null) {
            prefixes.add(clients.ipv4());
        }
        if (clients.ipv6() != null) {
            prefixes.add(clients.ipv6());
        }
        return prefixes;
    }

    /** What is forwarded into sky0 gets its address, unless it has one of its prefix. */
    private void masquerade(MeshNode.Clients clients) throws IOException {
        StringBuilder rules = new StringBuilder();
        for (Cidr own : prefixes(clients)) {
            String family = own.address().isV6() ? "ip6" : "ip";
            rules.append("    oifname \"" + INGRESS + "\" " + family + " saddr != " + own + " masquerade\n");
        }
        nat("ingress", rules.toString());
    }

    /**
     * Sets the egress's interface up.
     *
     * @param ipv6Site the /48 that prefixes are granted of
     */
    void egress(Cidr ipv6Site) throws IOException {
        ip("link", "set", EGRESS, "mtu", MTU, "up");
        ip("route", "replace", GRANTED_V4, "dev", EGRESS);
        ip("-6", "route", "replace", ipv6Site.toString(), "dev", EGRESS);
        kernel.set("net/ipv4/ip_forward", "1");
        kernel.set("net/ipv6/conf/all/forwarding", "1");
        nat("egress", "    iifname \"" + EGRESS + "\" masquerade\n");
    }

    private void nat(String chain, String rules) throws IOException {
        kernel.run(List.of("nft", "-f", "-"), """
                add table inet skyawg
                add chain inet skyawg %1$s { type nat hook postrouting priority srcnat; }
                flush chain inet skyawg %1$s
                table inet skyawg {
                  chain %1$s {
                %2$s  }
                }
                """.formatted(chain, rules));
    }

    /** Makes these go into the mesh, and nothing else: what is new comes before what is old goes. */
    void steer(List<Steering> wanted) throws IOException {
        for (String family : List.of("-4", "-6")) {
            Set<String> destinations = new LinkedHashSet<>();
            Set<Rule> rules = new LinkedHashSet<>();
            for (Steering each : wanted) {
                if (each.destination().address().isV6() == family.equals("-6")) {
                    destinations.add(each.destination().toString());
                    rules.addAll(rules(each.from()));
                }
            }
            for (String destination : destinations) {
                ip(family, "route", "replace", "unreachable", destination, "metric", LAST_METRIC, "table", TABLE);
                ip(family, "route", "replace", destination, "dev", INGRESS, "table", TABLE);
            }
            Set<Rule> present = present(family);
            for (Rule rule : rules) {
                if (!present.contains(rule)) {
                    ip(family, "rule", "add", rule);
                }
            }
            present.removeAll(rules);
            for (Rule stale : present) {
                ip(family, "rule", "delete", stale);
            }
            removeRoutes(family, destinations);
        }
    }

    /** A line of {@code ip rule}: what it selects and does. */
    private record Rule(String preference, List<String> words) {}

    private static List<Rule> rules(Optional<String> from) {
        if (from.isPresent()) {
            return List.of(new Rule(FORWARDED, List.of("from", "all", "iif", from.get(), "lookup", TABLE)));
        }
        List<String> own = List.of("not", "from", "all", "fwmark", "0x" + Integer.toHexString(MARK), "lookup", TABLE);
        List<String> ownPrefixes = new ArrayList<>(own);
        ownPrefixes.addAll(NOT_THE_DEFAULT);
        List<String> mainPrefixes = new ArrayList<>(List.of("from", "all", "lookup", "main"));
        mainPrefixes.addAll(NOT_THE_DEFAULT);
        return List.of(
                new Rule(OWN_PREFIXES, List.copyOf(ownPrefixes)),
                new Rule(MAIN_PREFIXES, List.copyOf(mainPrefixes)),
                new Rule(OWN_DEFAULT, own));
    }

    private Set<Rule> present(String family) throws IOException {
        Set<Rule> present = new LinkedHashSet<>();
        for (String line : kernel.ask(List.of("ip", family, "rule", "show"))) {
            String[] parts = line.split(":", 2);
            if (parts.length == 2 && PREFERENCES.contains(parts[0])) {
                String words = parts[1].replace("[detached]", "").strip();
                present.add(new Rule(parts[0], List.of(words.split("\\s+"))));
            }
        }
        return present;
    }

    private void removeRoutes(String family, Set<String> wanted) throws IOException {
        for (String line : kernel.ask(List.of("ip", family, "route", "show", "table", TABLE))) {
            List<String> words = List.of(line.strip().split("\\s+"));
            boolean isUnreachable = words.getFirst().equals("unreachable");
            String shown = words.get(isUnreachable && words.size() > 1 ? 1 : 0);
            if (!wanted.contains(destination(shown, family))) {
                List<String> command = new ArrayList<>(List.of("ip", family, "route", "delete"));
                command.addAll(isUnreachable ? List.of("unreachable", shown) : List.of(shown));
                command.addAll(List.of("table", TABLE));
                kernel.attempt(command);
            }
        }
    }

    /** As we write it: the kernel leaves lengths out where they are plain. */
    private static String destination(String shown, String family) {
        boolean isV6 = family.equals("-6");
        if (shown.equals("default")) {
            return isV6 ? "::/0" : "0.0.0.0/0";
        }
        return shown.contains("/") ? shown : shown + (isV6 ? "/128" : "/32");
    }

    /** What the kernel does with a packet of this machine's own; empty when it refuses it. */
    Optional<String> routeOf(IpAddress destination) throws IOException {
        String family = destination.isV6() ? "-6" : "-4";
        return kernel.ask(List.of("ip", family, "route", "get", destination.toString())).stream()
                .map(String::strip)
                .findFirst();
    }

    /** Takes everything away that {@link #steer} and the others have put. */
    void clear() throws IOException {
        steer(List.of());
        kernel.attempt(List.of("nft", "delete", "table", "inet", "skyawg"));
    }

    private void ip(String family, String object, String verb, Rule rule) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", family, object, verb));
        command.addAll(rule.words());
        command.addAll(List.of("preference", rule.preference()));
        kernel.run(command);
    }

    private void ip(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        kernel.run(command);
    }
}
