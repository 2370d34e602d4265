package skyawg.awgquick.conf;

import java.util.Arrays;
import java.util.List;

/**
 * What a config file says to {@code awg-quick}, and the rest.
 *
 * @param addresses as written, each with or without a prefix length
 * @param mtu empty when it is to be worked out
 * @param dnsServers items of DNS that are addresses
 * @param searchDomains items of DNS that are not
 * @param table empty or {@code auto}, {@code off}, or a routing table
 * @param saveConfig write the interface's state back to the file before it goes down
 * @param rest the lines for {@code awg setconf}, each ended by a line feed; holds keys
 */
public record QuickConfig(
        List<String> addresses,
        String mtu,
        List<String> dnsServers,
        List<String> searchDomains,
        String table,
        Hooks hooks,
        boolean saveConfig,
        Rest rest)
        implements AutoCloseable {

    public QuickConfig {
        addresses = List.copyOf(addresses);
        dnsServers = List.copyOf(dnsServers);
        searchDomains = List.copyOf(searchDomains);
    }

    /** Shell commands around the verbs, in the order of the file. */
    public record Hooks(List<String> preUp, List<String> postUp, List<String> preDown, List<String> postDown) {
        public Hooks {
            preUp = List.copyOf(preUp);
            postUp = List.copyOf(postUp);
            preDown = List.copyOf(preDown);
            postDown = List.copyOf(postDown);
        }

        public boolean isEmpty() {
            return preUp.isEmpty() && postUp.isEmpty() && preDown.isEmpty() && postDown.isEmpty();
        }
    }

    /** Lines that hold keys: they are not printed by accident, and wiped when the config is closed. */
    public static final class Rest {
        private final byte[] bytes;

        Rest(byte[] bytes) {
            this.bytes = bytes;
        }

        /** The bytes themselves, not a copy. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "(hidden)";
        }
    }

    /** True unless the table is chosen by the user: default routes then get rules of their own. */
    public boolean hasAutomaticTable() {
        return table.isEmpty() || table.equals("auto");
    }

    public boolean isWithoutRoutes() {
        return table.equals("off");
    }

    /** Wipes the rest. */
    @Override
    public void close() {
        Arrays.fill(rest.bytes(), (byte) 0);
    }
}
