package skyawg.protocol.mpls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;

final class FtnTest {
    private static final String WG = "awg0";
    private static final int ANY = FtnRule.ANY_DSCP;

    private final Ftn<String, String> ftn = new Ftn<>();

    private static FtnRule<String, String> rule(
            @Nullable String source, String prefix, int dscp, @Nullable String tunnel) {
        return new FtnRule<>(source, Cidr.parse(prefix), dscp, tunnel);
    }

    private @Nullable String lookup(@Nullable String client, String address, int dscp) {
        return lookup(ftn, client, IpAddress.parse(address), dscp);
    }

    private static @Nullable String lookup(
            Ftn<String, String> in, @Nullable String client, IpAddress address, int dscp) {
        return address.isV6()
                ? in.lookupV6(client, WG, address.high(), address.low(), dscp)
                : in.lookupV4(client, WG, (int) address.low(), dscp);
    }

    @Test
    void withoutARuleThereIsNoTunnel() {
        assertThat(lookup(null, "192.0.2.1", 0)).isNull();
        ftn.replace(List.of(rule(null, "10.0.0.0/8", ANY, "ten")));
        assertThat(lookup(null, "192.0.2.1", 0)).isNull();
        assertThat(lookup(null, "::a00:1", 0)).as("other family").isNull();
        assertThat(lookup(null, "10.1.2.3", 0)).isEqualTo("ten");
    }

    @Test
    void longestPrefixDecides() {
        ftn.replace(List.of(
                rule(null, "0.0.0.0/0", ANY, "internet"),
                rule(null, "10.0.0.0/8", ANY, "ten"),
                rule(null, "10.1.0.0/16", ANY, "ten-one"),
                rule(null, "200::/7", ANY, "ygg"),
                rule(null, "::/0", ANY, "internet6")));
        assertThat(lookup(null, "10.1.0.1", 0)).isEqualTo("ten-one");
        assertThat(lookup(null, "10.2.0.1", 0)).isEqualTo("ten");
        assertThat(lookup(null, "11.2.0.1", 0)).isEqualTo("internet");
        assertThat(lookup(null, "255.255.255.255", 0)).isEqualTo("internet");
        assertThat(lookup(null, "301::1", 0)).isEqualTo("ygg");
        assertThat(lookup(null, "2001:db8::1", 0)).isEqualTo("internet6");
    }

    /** Else a packet for one exit would leave by another when its tunnel is gone. */
    @Test
    void missingTunnelOfTheLongestPrefixIsADrop() {
        ftn.replace(List.of(rule(null, "::/0", ANY, "internet6"), rule(null, "200::/7", ANY, null)));
        assertThat(lookup(null, "201::1", 0)).isNull();
        assertThat(lookup(null, "2001:db8::1", 0)).isEqualTo("internet6");
    }

    @Test
    void clientGoesBeforeInterfaceBeforeAny() {
        ftn.replace(List.of(
                rule(null, "0.0.0.0/0", ANY, "all"),
                rule(WG, "0.0.0.0/0", ANY, "interface"),
                rule("alice", "0.0.0.0/0", ANY, "alice"),
                rule("bob", "0.0.0.0/0", ANY, null),
                rule(null, "10.0.0.0/8", ANY, "ten")));
        assertThat(lookup("alice", "192.0.2.1", 0)).isEqualTo("alice");
        assertThat(lookup("bob", "192.0.2.1", 0)).as("his tunnel is missing").isNull();
        assertThat(lookup("carol", "192.0.2.1", 0)).isEqualTo("interface");
        assertThat(lookup(null, "192.0.2.1", 0)).isEqualTo("interface");
        assertThat(ftn.lookupV4(null, "sky0", 0xc0000201, 0)).isEqualTo("all");
        assertThat(lookup("alice", "10.0.0.1", 0))
                .as("the longer prefix, whoever it is for")
                .isEqualTo("ten");
    }

    @Test
    void oneDscpGoesBeforeAny() {
        ftn.replace(List.of(
                rule(null, "0.0.0.0/0", ANY, "bulk"),
                rule(null, "0.0.0.0/0", 46, "voice"),
                rule(null, "0.0.0.0/0", 0, "best effort"),
                rule(null, "10.0.0.0/8", 46, "ten voice")));
        assertThat(lookup(null, "192.0.2.1", 46)).isEqualTo("voice");
        assertThat(lookup(null, "192.0.2.1", 0)).isEqualTo("best effort");
        assertThat(lookup(null, "192.0.2.1", 10)).isEqualTo("bulk");
        assertThat(lookup(null, "10.0.0.1", 46)).isEqualTo("ten voice");
        assertThat(lookup(null, "10.0.0.1", 10))
                .as("the longer prefix does not fit")
                .isEqualTo("bulk");
    }

    @Test
    void refusedRulesChangeNothing() {
        ftn.replace(List.of(rule(null, "0.0.0.0/0", ANY, "old")));
        List<FtnRule<String, String>> twice = List.of(
                rule(null, "10.0.0.0/8", ANY, "a"),
                rule(null, "0.0.0.0/0", ANY, "b"),
                rule(null, "10.9.9.9/8", ANY, "c"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ftn.replace(twice))
                .withMessageContaining("two rules for the same source, prefix and DSCP: 10.0.0.0/8");
        assertThat(lookup(null, "10.0.0.1", 0)).isEqualTo("old");
        assertThat(ftn.rules()).hasSize(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> rule(null, "0.0.0.0/0", 64, "x"))
                .withMessageContaining("DSCP is 0 to 63");
    }

    /** Against a search through all rules, over random sets of them. */
    @Test
    void agreesWithALinearModel() {
        Campaign.run("forwarding classes", 300, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            List<FtnRule<String, String>> rules = new ArrayList<>();
            for (int i = (int) random.uniform(0, 60); i > 0; i--) {
                FtnRule<String, String> rule = randomRule(random, "t" + i);
                if (rules.stream().noneMatch(rule::isSameClass)) {
                    rules.add(rule);
                }
            }
            Ftn<String, String> tested = new Ftn<>();
            tested.replace(rules);
            for (int i = 0; i < 300; i++) {
                IpAddress address = randomAddress(random);
                String client = randomSource(random);
                int dscp = (int) random.uniform(0, 3);
                String tunnel = lookup(tested, client, address, dscp);
                assertThat(tunnel).isEqualTo(model(rules, client, address, dscp));
                FtnRule<String, String> decided = tested.find(client, WG, address, dscp);
                assertThat(decided == null ? null : decided.tunnel()).isEqualTo(tunnel);
                assertThat(decided == null || rules.contains(decided)).isTrue();
            }
        });
    }

    private static @Nullable String model(
            List<FtnRule<String, String>> rules, @Nullable String client, IpAddress address, int dscp) {
        Comparator<FtnRule<String, String>> order =
                Comparator.comparingInt(rule -> rule.destination().prefixBits());
        order = order.thenComparingInt(
                rule -> rule.source() == null ? 0 : rule.source().equals(WG) ? 1 : 2);
        order = order.thenComparingInt(rule -> rule.dscp() == ANY ? 0 : 1);
        return rules.stream()
                .filter(rule -> rule.destination().contains(address))
                .filter(rule -> rule.source() == null
                        || rule.source().equals(WG)
                        || rule.source().equals(client))
                .filter(rule -> rule.dscp() == ANY || rule.dscp() == dscp)
                .max(order)
                .map(FtnRule::tunnel)
                .orElse(null);
    }

    private static FtnRule<String, String> randomRule(SeededEntropy random, String name) {
        IpAddress address = randomAddress(random);
        int bits = (int) random.uniform(0, address.bits());
        int dscp = (int) random.uniform(ANY, 3);
        String source = random.uniform(0, 3) == 0 ? WG : randomSource(random);
        return new FtnRule<>(source, new Cidr(address, bits), dscp, random.uniform(0, 9) == 0 ? null : name);
    }

    /** Few different addresses, so that prefixes nest. */
    private static IpAddress randomAddress(SeededEntropy random) {
        long bits = random.uniform(0, 15);
        return random.uniform(0, 1) == 0
                ? IpAddress.v4((int) (bits << 28 | random.uniform(0, 3)))
                : IpAddress.v6(bits << 60 | random.uniform(0, 3), random.uniform(0, 3) << 62);
    }

    private static @Nullable String randomSource(SeededEntropy random) {
        return switch ((int) random.uniform(0, 3)) {
            case 0 -> "alice";
            case 1 -> "bob";
            default -> null;
        };
    }
}
