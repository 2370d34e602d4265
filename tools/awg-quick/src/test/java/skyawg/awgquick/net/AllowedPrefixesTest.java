package skyawg.awgquick.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

class AllowedPrefixesTest {
    private static PeerSnapshot peer(int number, String... prefixes) {
        byte[] key = new byte[32];
        key[0] = (byte) number;
        List<Cidr> allowed = new ArrayList<>();
        for (String prefix : prefixes) {
            allowed.add(Cidr.parse(prefix));
        }
        return new PeerSnapshot(
                PublicKey.of(key), Optional.empty(), Optional.empty(), 0, 0, 0, 0, UintRange.ZERO, allowed);
    }

    private static InterfaceSnapshot snapshot(PeerSnapshot... peers) {
        return new InterfaceSnapshot(
                "awg0", Optional.empty(), Optional.empty(), 0, 0, ParameterSet.DEFAULTS, List.of(peers));
    }

    /** What {@code sort -nr -k 2 -t /} makes of the same lines under LC_ALL=C. */
    @Test
    void sortsTheLongestPrefixFirstAndEqualsByTheirTextBackwards() {
        InterfaceSnapshot snapshot = snapshot(
                peer(1, "0.0.0.0/0", "10.70.0.0/16", "10.9.0.0/16", "10.0.0.1/32"),
                peer(2, "fd00::/64", "::/0", "fd00::1/128", "192.168.0.0/16"));
        assertThat(AllowedPrefixes.of(snapshot).stream().map(Cidr::toString))
                .containsExactly(
                        "fd00::1/128",
                        "fd00::/64",
                        "10.0.0.1/32",
                        "192.168.0.0/16",
                        "10.9.0.0/16",
                        "10.70.0.0/16",
                        "::/0",
                        "0.0.0.0/0");
    }

    @Test
    void findsDefaultRoutes() {
        assertThat(AllowedPrefixes.hasDefault(snapshot(peer(1, "10.0.0.0/8"), peer(2, "::/0"))))
                .isTrue();
        assertThat(AllowedPrefixes.hasDefault(snapshot(peer(1, "0.0.0.0/1", "128.0.0.0/1"))))
                .isFalse();
    }
}
