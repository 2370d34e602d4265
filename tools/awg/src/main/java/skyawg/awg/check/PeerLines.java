package skyawg.awg.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.PublicKey;

/** What one {@code [Peer]} says, and where. Filled while the file is walked. */
final class PeerLines {
    final int line;
    final Map<String, Integer> keys = new HashMap<>();
    final List<Prefix> prefixes = new ArrayList<>();

    @Nullable
    PublicKey publicKey;

    /** One of the allowed IPs. */
    record Prefix(Cidr prefix, int line) {}

    /** @param line that of {@code [Peer]} */
    PeerLines(int line) {
        this.line = line;
    }

    /** The line of PublicKey, that of {@code [Peer]} when there is none. */
    int keyLine() {
        return keys.getOrDefault("publickey", line);
    }
}
