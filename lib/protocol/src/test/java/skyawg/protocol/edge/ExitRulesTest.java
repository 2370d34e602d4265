package skyawg.protocol.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

final class ExitRulesTest {
    private static final GrantedPrefixes GRANTED =
            new GrantedPrefixes(Cidr.parse("100.64.7.0/24"), Cidr.parse("fd12:3456:7890:7::/64"));
    private static final ExitRules INTERNET = ExitRules.internet(
            List.of(Cidr.parse("10.77.0.0/16"), Cidr.parse("fd77::/16")),
            List.of(IpAddress.parse("8.8.4.4"), IpAddress.parse("2a00::4")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "223.255.255.255",
                "172.32.0.1",
                "100.128.0.1",
                "10.77.3.4",
                "2a00::5",
                "2606:4700::1",
                "fd77::1"
            })
    void internetServes(String destination) {
        assertThat(admit(INTERNET, destination)).isEqualTo(ExitVerdict.ADMITTED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.76.255.255",
                "10.78.0.0",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "198.18.0.1",
                "224.0.0.1",
                "255.255.255.255",
                "8.8.4.4",
                "::",
                "::1",
                "::ffff:8.8.8.8",
                "64:ff9b::808:808",
                "200::1",
                "2ff::1",
                "300::1",
                "fc00::1",
                "fe80::1",
                "ff02::1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "2a00::4"
            })
    void internetDoesNotServe(String destination) {
        assertThat(admit(INTERNET, destination)).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
    }

    @Test
    void yggdrasilServesItsRangeOnly() {
        ExitRules rules = ExitRules.yggdrasil();
        assertThat(admit(rules, "200::1")).isEqualTo(ExitVerdict.ADMITTED);
        assertThat(admit(rules, "3ff:ffff::1")).isEqualTo(ExitVerdict.ADMITTED);
        assertThat(admit(rules, "1ff::1")).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
        assertThat(admit(rules, "400::1")).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
        assertThat(admit(rules, "2a00::5")).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
        assertThat(admit(rules, "8.8.8.8")).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
    }

    @Test
    void localServesItsAddressesOnly() {
        ExitRules rules = ExitRules.only(List.of(Cidr.parse("192.168.5.0/28")));
        assertThat(admit(rules, "192.168.5.15")).isEqualTo(ExitVerdict.ADMITTED);
        assertThat(admit(rules, "192.168.5.16")).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
        assertThat(admit(rules, "8.8.8.8")).isEqualTo(ExitVerdict.DESTINATION_NOT_SERVED);
    }

    @Test
    void whateverIsAllowedByNameIsServed() {
        ExitRules rules = ExitRules.internet(
                List.of(Cidr.parse("127.0.0.0/8"), Cidr.parse("8.8.4.4/32")), List.of(IpAddress.parse("8.8.4.4")));
        assertThat(admit(rules, "127.0.0.1")).isEqualTo(ExitVerdict.ADMITTED);
        assertThat(admit(rules, "8.8.4.4")).isEqualTo(ExitVerdict.ADMITTED);
    }

    @Test
    void admitsOnlySourcesThatWereGranted() {
        assertThat(admit(INTERNET, "100.64.8.1", "8.8.8.8")).isEqualTo(ExitVerdict.SOURCE_OUTSIDE_PREFIX);
        assertThat(admit(INTERNET, "fd12:3456:7890:8::1", "2a00::5")).isEqualTo(ExitVerdict.SOURCE_OUTSIDE_PREFIX);
        GrantedPrefixes v4Only = new GrantedPrefixes(Cidr.parse("100.64.7.0/24"), null);
        try (OffHeapPacket packet = new OffHeapPacket()) {
            put(packet, "fd12:3456:7890:7::1", "2a00::5");
            assertThat(INTERNET.admit(packet.address, packet.length, v4Only))
                    .isEqualTo(ExitVerdict.SOURCE_OUTSIDE_PREFIX);
        }
    }

    @Test
    void letsOnlyGrantedDestinationsBackIn() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            put(packet, "8.8.8.8", "100.64.7.200");
            assertThat(ExitRules.admitReturn(packet.address, packet.length, GRANTED))
                    .isEqualTo(ExitVerdict.ADMITTED);
            put(packet, "8.8.8.8", "100.64.8.0");
            assertThat(ExitRules.admitReturn(packet.address, packet.length, GRANTED))
                    .isEqualTo(ExitVerdict.DESTINATION_OUTSIDE_PREFIX);
            assertThat(ExitRules.admitReturn(packet.address, 19, GRANTED)).isEqualTo(ExitVerdict.MALFORMED);
        }
    }

    @Test
    void doesNotServeASourceRoute() {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put("4700001c 00070000 40110000 64400705 08080808 01830704 0a000001");
            assertThat(INTERNET.admit(packet.address, packet.length, GRANTED)).isEqualTo(ExitVerdict.SOURCE_ROUTED);
        }
    }

    @Property(tries = 5000)
    void anyBytesGetAVerdict(@ForAll @Size(max = 120) byte[] bytes, @ForAll @IntRange(max = 7) int shape) {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            packet.put(RandomPackets.shaped(bytes, shape));
            byte[] before = packet.bytes();
            assertThat(INTERNET.admit(packet.address, packet.length, GRANTED)).isNotNull();
            assertThat(ExitRules.admitReturn(packet.address, packet.length, GRANTED))
                    .isNotNull();
            assertThat(packet.bytes()).isEqualTo(before);
        }
    }

    private static ExitVerdict admit(ExitRules rules, String destination) {
        boolean isV6 = IpAddress.parse(destination).isV6();
        return admit(rules, isV6 ? "fd12:3456:7890:7::1" : "100.64.7.5", destination);
    }

    private static ExitVerdict admit(ExitRules rules, String source, String destination) {
        try (OffHeapPacket packet = new OffHeapPacket()) {
            put(packet, source, destination);
            return rules.admit(packet.address, packet.length, GRANTED);
        }
    }

    private static void put(OffHeapPacket packet, String source, String destination) {
        HexFormat hex = HexFormat.of();
        String addresses = hex.formatHex(IpAddress.parse(source).toBytes())
                + hex.formatHex(IpAddress.parse(destination).toBytes());
        boolean isV6 = IpAddress.parse(source).isV6();
        packet.put((isV6 ? "60000000 0000 3b 40" : "4500 0014 0000 0000 40 3b 0000") + addresses);
    }
}
