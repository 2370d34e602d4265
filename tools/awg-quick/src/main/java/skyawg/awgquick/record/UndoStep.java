package skyawg.awgquick.record;

import org.jspecify.annotations.Nullable;
import skyawg.awgquick.exec.Family;

/** One thing that {@code up} adds, and one line of the record. */
public sealed interface UndoStep {

    /** The line in the record. */
    String line();

    /** The interface itself; its addresses, routes and socket go with it. */
    record Link(String name) implements UndoStep {
        @Override
        public String line() {
            return "link " + name;
        }
    }

    /** The rule {@code not fwmark TABLE table TABLE} at a preference. */
    record LookupRule(Family family, long preference, long table) implements UndoStep {
        @Override
        public String line() {
            return "rule " + family + " " + preference + " lookup " + table;
        }
    }

    /** The rule {@code table main suppress_prefixlength 0} at a preference: tunnels each have their own copy. */
    record SuppressRule(Family family, long preference) implements UndoStep {
        @Override
        public String line() {
            return "rule " + family + " " + preference + " suppress";
        }
    }

    /** The table {@code wg-quick-IF} of nft in one family. */
    record NftTable(Family family) implements UndoStep {
        @Override
        public String line() {
            return "nft " + family;
        }
    }

    /** The rules of iptables or ip6tables that carry our comment. */
    record IptablesRules(Family family) implements UndoStep {
        @Override
        public String line() {
            return "iptables " + family;
        }
    }

    /** Name servers given to resolvconf under a name. */
    record Resolvconf(String name) implements UndoStep {
        @Override
        public String line() {
            return "resolvconf " + name;
        }
    }

    /** Name servers given to systemd-resolved for the interface; they end with it. */
    record Resolvectl(String name) implements UndoStep {
        @Override
        public String line() {
            return "resolvectl " + name;
        }
    }

    /** Reads a line; one that this version does not know is null. */
    static @Nullable UndoStep parse(String line) {
        String[] words = line.split(" ", -1);
        try {
            return switch (words[0]) {
                case "link" -> words.length == 2 ? new Link(words[1]) : null;
                case "rule" -> parseRule(words);
                case "nft" -> words.length == 2 ? new NftTable(Family.valueOf(words[1])) : null;
                case "iptables" -> words.length == 2 ? new IptablesRules(Family.valueOf(words[1])) : null;
                case "resolvconf" -> words.length == 2 ? new Resolvconf(words[1]) : null;
                case "resolvectl" -> words.length == 2 ? new Resolvectl(words[1]) : null;
                default -> null;
            };
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable UndoStep parseRule(String[] words) {
        if (words.length == 5 && words[3].equals("lookup")) {
            return new LookupRule(Family.valueOf(words[1]), Long.parseLong(words[2]), Long.parseLong(words[4]));
        }
        if (words.length == 4 && words[3].equals("suppress")) {
            return new SuppressRule(Family.valueOf(words[1]), Long.parseLong(words[2]));
        }
        return null;
    }
}
