package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import skyawg.protocol.names.Cidr;

final class TunnelMappingTest {
    private static final String V4 = "4500 0014 0000 0000 403b 0000 %s %s";

    @Test
    void mapsSourcesToTheTunnelAndDestinationsBack() {
        TunnelMapping mapping = TunnelMapping.of(
                Cidr.parse("10.8.3.0/24"),
                Cidr.parse("100.64.7.0/24"),
                Cidr.parse("fd00::/64"),
                Cidr.parse("fd12::/64"));
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put(V4.formatted("0a080305", "08080808"));
            assertThat(mapping.toTunnel(packet.address, packet.length)).isEqualTo(MappingResult.MAPPED);
            assertThat(packet.hex()).endsWith("6440070508080808");
            packet.put(V4.formatted("08080808", "64400705"));
            assertThat(mapping.toClient(packet.address, packet.length)).isEqualTo(MappingResult.MAPPED);
            assertThat(packet.hex()).endsWith("080808080a080305");
            packet.put(V4.formatted("08080808", "64400805"));
            assertThat(mapping.toClient(packet.address, packet.length)).isEqualTo(MappingResult.OUTSIDE_PREFIX);
            packet.put("60000000 0000 3b 40 fd000000000000000000000000000009 20010db8000000000000000000000007");
            assertThat(mapping.toTunnel(packet.address, packet.length)).isEqualTo(MappingResult.MAPPED);
            assertThat(packet.hex()).contains("fd120000000000000000000000000009");
        }
    }

    @Test
    void refusesAVersionWithoutPrefix() {
        TunnelMapping mapping =
                TunnelMapping.of(Cidr.parse("10.8.3.0/24"), Cidr.parse("100.64.7.0/24"), Cidr.parse("fd00::/64"), null);
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put("60000000 0000 3b 40 fd000000000000000000000000000009 20010db8000000000000000000000007");
            assertThat(mapping.toTunnel(packet.address, packet.length)).isEqualTo(MappingResult.NO_PREFIX);
            assertThat(mapping.toClient(packet.address, packet.length)).isEqualTo(MappingResult.NO_PREFIX);
        }
    }

    @Test
    void refusesPrefixesOfUnlikeLength() {
        assertThatThrownBy(() -> TunnelMapping.of(Cidr.parse("10.8.3.0/24"), Cidr.parse("100.64.7.0/25"), null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
