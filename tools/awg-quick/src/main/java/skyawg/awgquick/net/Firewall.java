package skyawg.awgquick.net;

import java.util.ArrayList;
import java.util.List;
import skyawg.awgquick.exec.Commands;
import skyawg.awgquick.exec.FailureException;
import skyawg.awgquick.exec.Family;
import skyawg.awgquick.record.UndoRecord;
import skyawg.awgquick.record.UndoStep;

/**
 * Keeps others on our links from sending packets to the tunnel's addresses past the tunnel (CVE-2019-14899), and
 * carries the mark of the daemon's datagrams over to their answers, so that a strict reverse path filter lets these in.
 *
 * <p>With nft each family gets a table {@code wg-quick-IF}, whole or not at all; without nft the same is said to
 * iptables, in rules with a comment that names the interface.
 */
public final class Firewall {
    private final Commands commands;
    private final String interfaceName;

    public Firewall(Commands commands, String interfaceName) {
        this.commands = commands;
        this.interfaceName = interfaceName;
    }

    /**
     * Adds what one family needs.
     *
     * @param mark of the daemon's datagrams
     */
    public void add(Family family, long mark, UndoRecord record) throws FailureException {
        List<String> addresses =
                addresses(commands.ask("ip", "-o", family.option(), "addr", "show", "dev", interfaceName)
                        .text());
        if (commands.has("nft")) {
            record.add(new UndoStep.NftTable(family));
            feedNft(nftTable(family, mark, addresses));
        } else {
            record.add(new UndoStep.IptablesRules(family));
            feedIptables(family, iptablesRules(mark, addresses));
        }
    }

    /** Removes the tables of these families, whether they are there or not. */
    public void removeNft(List<Family> families) throws FailureException {
        StringBuilder script = new StringBuilder();
        for (Family family : families) {
            // Adding first makes the deletion of a missing table no error.
            String table = " table " + family.nftName() + " " + table() + "\n";
            script.append("add").append(table).append("delete").append(table);
        }
        feedNft(script.toString());
    }

    /** Removes the rules with our comment. */
    public void removeIptables(Family family) throws FailureException {
        String removal =
                iptablesRemoval(commands.ask(family.iptables() + "-save").text());
        if (!removal.isEmpty()) {
            feedIptables(family, removal);
        }
    }

    /** The families in which nft has a table of our name, for an interface of which there is no record. */
    public List<Family> nftFamilies() throws FailureException {
        List<Family> families = new ArrayList<>();
        for (String line : commands.ask("nft", "list", "tables").text().split("\n", -1)) {
            for (Family family : Family.values()) {
                if (line.equals("table " + family.nftName() + " " + table())) {
                    families.add(family);
                }
            }
        }
        return families;
    }

    private void feedNft(String script) throws FailureException {
        commands.feed("nft -f /dev/fd/63", script, List.of("nft", "-f", "-"));
    }

    private void feedIptables(Family family, String rules) throws FailureException {
        List<String> command = List.of(family.iptables() + "-restore", "-n");
        commands.feed(String.join(" ", command), rules, command);
    }

    private String table() {
        return "wg-quick-" + interfaceName;
    }

    private String nftTable(Family family, long mark, List<String> addresses) {
        String ip = family.nftName();
        String chain = "add chain " + ip + " " + table() + " ";
        String rule = "add rule " + ip + " " + table() + " ";
        StringBuilder script = new StringBuilder();
        script.append("add table ").append(ip).append(' ').append(table()).append('\n');
        script.append(chain).append("preraw { type filter hook prerouting priority -300; }\n");
        script.append(chain).append("premangle { type filter hook prerouting priority -150; }\n");
        script.append(chain).append("postmangle { type filter hook postrouting priority -150; }\n");
        for (String address : addresses) {
            script.append(rule)
                    .append("preraw iifname != \"")
                    .append(interfaceName)
                    .append("\" ");
            script.append(ip).append(" daddr ").append(address).append(" fib saddr type != local drop\n");
        }
        script.append(rule)
                .append("postmangle meta l4proto udp mark ")
                .append(mark)
                .append(" ct mark set mark\n");
        script.append(rule).append("premangle meta l4proto udp meta mark set ct mark\n");
        return script.toString();
    }

    private String iptablesRules(long mark, List<String> addresses) {
        StringBuilder rules = new StringBuilder("*raw\n");
        for (String address : addresses) {
            rules.append("-I PREROUTING ! -i ")
                    .append(interfaceName)
                    .append(" -d ")
                    .append(address);
            rules.append(" -m addrtype ! --src-type LOCAL -j DROP ")
                    .append(comment())
                    .append('\n');
        }
        rules.append("COMMIT\n*mangle\n-I POSTROUTING -m mark --mark ").append(mark);
        rules.append(" -p udp -j CONNMARK --save-mark ").append(comment());
        rules.append("\n-I PREROUTING -p udp -j CONNMARK --restore-mark ").append(comment());
        return rules.append("\nCOMMIT\n").toString();
    }

    /**
     * @param saved what iptables-save says.
     * @return what iptables-restore needs to delete our rules; empty without any
     */
    String iptablesRemoval(String saved) {
        StringBuilder removal = new StringBuilder();
        boolean found = false;
        for (String line : saved.split("\n", -1)) {
            if (line.startsWith("*") || line.equals("COMMIT")) {
                removal.append(line).append('\n');
            } else if (line.startsWith("-A ") && line.contains(comment())) {
                removal.append("-D").append(line, 2, line.length()).append('\n');
                found = true;
            }
        }
        return found ? removal.toString() : "";
    }

    private String comment() {
        return "-m comment --comment \"awg-quick(8) rule for " + interfaceName + "\"";
    }

    /** Reads {@code 5: awg0 inet 10.0.0.1/24 scope global awg0 ...} lines. */
    static List<String> addresses(String text) {
        List<String> addresses = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] words = line.strip().split(" +", -1);
            for (int i = 0; i + 1 < words.length; i++) {
                if (words[i].equals("inet") || words[i].equals("inet6")) {
                    addresses.add(words[i + 1].split("/", 2)[0]);
                    break;
                }
            }
        }
        return addresses;
    }
}
