package skyawg.awgd.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skyawg.datapath.tun.InnerPackets;
import skyawg.protocol.edge.ExitRules;
import skyawg.protocol.edge.ExitVerdict;
import skyawg.protocol.edge.GrantedPrefixes;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

final class ExitAddressesTest {
    private static final int LENGTH = 40;
    private static final IpAddress OLD = IpAddress.parse("9.9.9.9");
    private static final IpAddress NEW = IpAddress.parse("8.8.8.8");

    private final List<ExitRules> said = new ArrayList<>();
    private Set<IpAddress> own = Set.of(OLD);
    private final ExitAddresses addresses = new ExitAddresses(() -> own, said::add);

    @Test
    void anAddressThatTheExitGetsIsServedNoMoreAndOneThatItLosesIs() throws IOException {
        addresses.refresh();
        ExitRules first = addresses.begin(List.of());
        assertThat(serves(first, OLD)).isFalse();
        assertThat(serves(first, NEW)).isTrue();
        addresses.refresh();
        assertThat(said).as("nothing has changed").isEmpty();
        own = Set.of(NEW);
        addresses.refresh();
        assertThat(said).hasSize(1);
        assertThat(serves(said.getFirst(), OLD)).isTrue();
        assertThat(serves(said.getFirst(), NEW)).isFalse();
    }

    private static boolean serves(ExitRules rules, IpAddress destination) {
        try (Arena arena = Arena.ofConfined()) {
            long packet = Memory.allocate(arena, LENGTH);
            InnerPackets.putIp(packet, false, 253, LENGTH, 0);
            Memory.putIntBe(packet + IpHeader.V4_SOURCE_OFFSET, 0x6440_0001);
            Memory.putIntBe(packet + IpHeader.V4_DESTINATION_OFFSET, (int) destination.low());
            GrantedPrefixes granted = new GrantedPrefixes(Cidr.parse("100.64.0.0/28"), Cidr.parse("fd00::/64"));
            return rules.admit(packet, LENGTH, granted) == ExitVerdict.ADMITTED;
        }
    }
}
