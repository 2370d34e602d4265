package skyawg.datapath.tunnel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.datapath.tun.InnerPackets;
import skyawg.protocol.mpls.FtnRule;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

final class DirectRulesTest {
    private static final PublicKey ANNE = key(1);
    private static final PublicKey BOB = key(2);
    private static final DirectRules.ClientPrefixes PREFIXES =
            new DirectRules.ClientPrefixes(Cidr.parse("10.0.0.0/28"), Cidr.parse("fd00::/64"));

    private final Arena arena = Arena.ofAuto();
    private final long packet = Memory.allocate(arena, 64);
    private final IngressEdge.Route web = new IngressEdge.Route();
    private final IngressEdge.Route lab = new IngressEdge.Route();

    private static PublicKey key(int number) {
        byte[] bytes = new byte[PublicKey.LENGTH];
        Arrays.fill(bytes, (byte) number);
        return PublicKey.of(bytes);
    }

    private static DirectRules.Rule rule(@Nullable Object source, String to, IngressEdge.Route route) {
        return new DirectRules.Rule(source, Cidr.parse(to), FtnRule.ANY_DSCP, route);
    }

    private static DirectRules rules(List<String> own, DirectRules.Rule... rules) {
        return new DirectRules(
                List.of(rules), PREFIXES, own.stream().map(IpAddress::parse).toList());
    }

    private IngressEdge.@Nullable Route route(
            DirectRules rules, @Nullable PublicKey client, String from, String destination) {
        return way(rules, client, from, destination).route();
    }

    private DirectRules.Way way(DirectRules rules, @Nullable PublicKey client, String from, String destination) {
        IpAddress to = IpAddress.parse(destination);
        InnerPackets.putIp(packet, to.isV6(), 253, 60, 0);
        if (to.isV6()) {
            Memory.putLongBe(packet + IpHeader.V6_DESTINATION_OFFSET, to.high());
            Memory.putLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + 8, to.low());
        } else {
            Memory.putIntBe(packet + IpHeader.V4_DESTINATION_OFFSET, (int) to.low());
        }
        DirectRules.Way way = rules.find(client, from, packet);
        if (rules.namesInterface(from) || (client != null && rules.namesClient(client))) {
            FtnRule<Object, IngressEdge.Route> said = rules.find(client, from, to, 0);
            assertThat(said == null ? null : said.tunnel())
                    .as("what is said to people")
                    .isSameAs(way.route());
        }
        return way;
    }

    @Test
    void aClientsRuleGoesBeforeItsInterfaces() {
        DirectRules rules = rules(List.of(), rule("awg0", "0.0.0.0/0", web), rule(ANNE, "0.0.0.0/0", lab));
        assertThat(route(rules, ANNE, "awg0", "192.0.2.1")).isSameAs(lab);
        assertThat(route(rules, null, "awg0", "192.0.2.1")).isSameAs(web);
        assertThat(route(rules, null, "awg1", "192.0.2.1")).isNull();
        assertThat(route(rules, ANNE, "awg1", "192.0.2.1")).isSameAs(lab);
        assertThat(route(rules, ANNE, "awg0", "2001:db8::1")).isNull();
        assertThat(rules.namesClient(ANNE)).isTrue();
        assertThat(rules.namesClient(BOB)).isFalse();
    }

    @Test
    void rulesOfAnySourceCountForANamedInterfaceAsTheyDoForTheKernel() {
        DirectRules rules = rules(
                List.of(),
                rule("awg0", "0.0.0.0/0", web),
                rule(null, "192.0.2.0/24", lab),
                rule(BOB, "0.0.0.0/0", web));
        assertThat(route(rules, null, "awg0", "192.0.2.1")).isSameAs(lab);
        assertThat(route(rules, null, "awg1", "192.0.2.1")).isNull();
        assertThat(route(rules, BOB, "awg1", "192.0.2.1"))
                .as("the longer prefix is the kernel's")
                .isNull();
        assertThat(route(rules, BOB, "awg1", "198.51.100.1")).isSameAs(web);
    }

    @Test
    void thisMachinesAddressesAndWhatIsNotForwardedAreTheKernels() {
        DirectRules rules =
                rules(List.of("10.8.0.1", "fd08::1"), rule(ANNE, "0.0.0.0/0", web), rule("awg0", "::/0", web));
        for (String to : List.of("10.8.0.1", "127.0.0.1", "169.254.1.1", "224.0.0.251", "255.255.255.255")) {
            assertThat(route(rules, ANNE, "awg0", to)).as(to).isNull();
        }
        for (String to : List.of("fd08::1", "::1", "fe80::1", "ff02::fb")) {
            assertThat(route(rules, null, "awg0", to)).as(to).isNull();
        }
        assertThat(route(rules, ANNE, "awg0", "10.8.0.2")).isSameAs(web);
        assertThat(route(rules, null, "awg0", "fd08::2")).isSameAs(web);
    }

    @Test
    void aDscpIsToldFromOthers() {
        DirectRules rules = new DirectRules(
                List.of(
                        rule(ANNE, "0.0.0.0/0", web),
                        new DirectRules.Rule(ANNE, Cidr.parse("0.0.0.0/0"), 46, lab),
                        new DirectRules.Rule(ANNE, Cidr.parse("::/0"), 46, lab)),
                PREFIXES,
                List.of());
        assertThat(route(rules, ANNE, "awg0", "192.0.2.1")).isSameAs(web);
        Memory.putByte(packet + IpHeader.V4_TOS_OFFSET, 46 << 2 | 1);
        assertThat(rules.find(ANNE, "awg0", packet).route()).isSameAs(lab);
        assertThat(route(rules, ANNE, "awg0", "2001:db8::1")).isNull();
        Memory.putShortBe(packet, 0x6000 | 46 << 6 | 1 << 4);
        assertThat(rules.find(ANNE, "awg0", packet).route()).isSameAs(lab);
    }

    @Test
    void onlyAnInterfacesPacketsMayBeLeftToTheKernel() {
        DirectRules rules = rules(List.of(), rule("awg0", "0.0.0.0/0", web), rule(ANNE, "0.0.0.0/0", web));
        assertThat(way(rules, null, "awg0", "192.0.2.1").isKernelSafe()).isTrue();
        assertThat(way(rules, ANNE, "awg0", "192.0.2.1").isKernelSafe()).isFalse();
    }

    @Test
    void aSourceCanBeMappedWithinTheClientsPrefixes() {
        DirectRules rules = rules(List.of(), rule("awg0", "0.0.0.0/0", web));
        InnerPackets.putIp(packet, false, 253, 60, 14);
        assertThat(rules.isMappable(packet)).isTrue();
        InnerPackets.putIp(packet, false, 253, 60, 15);
        assertThat(rules.isMappable(packet)).isFalse();
        InnerPackets.putIp(packet, true, 253, 60, 1 << 20);
        assertThat(rules.isMappable(packet)).isTrue();
        Memory.putByte(packet + IpHeader.V6_SOURCE_OFFSET + 7, 1);
        assertThat(rules.isMappable(packet)).isFalse();
        assertThat(DirectRules.NONE.isMappable(packet)).isFalse();
        assertThat(DirectRules.NONE.isEmpty()).isTrue();
    }

    @Test
    void twoRulesForTheSamePacketsAreRefused() {
        assertThatThrownBy(() -> rules(List.of(), rule(ANNE, "0.0.0.0/0", web), rule(ANNE, "0.0.0.0/0", lab)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
