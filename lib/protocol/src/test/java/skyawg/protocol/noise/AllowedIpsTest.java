package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

final class AllowedIpsTest {
    private static final int LOOKUPS = 263;
    private static final int LISTINGS = 25;

    private final AllowedIps<String> table = new AllowedIps<>();

    @Test
    void answersAsRecorded() {
        int lookups = 0;
        int listings = 0;
        for (JsonNode op : Vectors.own("awg/allowedips.json").get("ops")) {
            switch (op.get("op").asString()) {
                case "insert" ->
                    table.insert(
                            Cidr.parse(op.get("prefix").asString()),
                            op.get("peer").toString());
                case "remove" ->
                    table.remove(
                            Cidr.parse(op.get("prefix").asString()),
                            op.get("peer").toString());
                case "lookup" -> {
                    table.publish();
                    JsonNode expected = op.get("peer");
                    assertThat(table.lookup(IpAddress.parse(op.get("address").asString())))
                            .as(op.toString())
                            .isEqualTo(expected.isNull() ? null : expected.toString());
                    lookups++;
                }
                case "list" -> {
                    for (var peer : op.get("peers").properties()) {
                        List<Cidr> expected = new ArrayList<>();
                        for (JsonNode prefix : peer.getValue()) {
                            expected.add(Cidr.parse(prefix.asString()));
                        }
                        assertThat(table.list(peer.getKey())).isEqualTo(expected);
                        listings++;
                    }
                }
                default -> throw new IllegalStateException("unknown operation " + op);
            }
        }
        assertThat(lookups).isEqualTo(LOOKUPS);
        assertThat(listings).isEqualTo(LISTINGS);
    }

    @Test
    void longestPrefixDecides() {
        insert("10.0.0.0/8", "wide");
        insert("10.1.0.0/16", "narrow");
        insert("10.1.2.3/32", "one");
        insert("0.0.0.0/0", "all");
        table.publish();
        assertThat(lookup("10.1.2.3")).isEqualTo("one");
        assertThat(lookup("10.1.2.4")).isEqualTo("narrow");
        assertThat(lookup("10.2.0.0")).isEqualTo("wide");
        assertThat(lookup("11.0.0.0")).isEqualTo("all");
        assertThat(lookup("::1")).isNull();
    }

    @Test
    void movesAPrefixToTheEndOfItsNewOwnersList() {
        insert("10.0.0.0/8", "a");
        insert("fd00::/8", "b");
        insert("10.0.0.0/8", "b");
        table.publish();
        assertThat(lookup("10.0.0.1")).isEqualTo("b");
        assertThat(table.list("a")).isEmpty();
        assertThat(table.list("b")).containsExactly(Cidr.parse("fd00::/8"), Cidr.parse("10.0.0.0/8"));
        insert("fd00::/8", "b");
        assertThat(table.list("b")).containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8"));
    }

    @Test
    void removesOnlyWhatThePeerHas() {
        insert("10.0.0.0/8", "a");
        assertThat(table.remove(Cidr.parse("10.0.0.0/8"), "b")).isFalse();
        assertThat(table.remove(Cidr.parse("10.0.0.0/9"), "a")).isFalse();
        table.publish();
        assertThat(lookup("10.0.0.1")).isEqualTo("a");
        assertThat(table.remove(Cidr.parse("10.0.0.0/8"), "a")).isTrue();
        table.publish();
        assertThat(lookup("10.0.0.1")).isNull();
    }

    @Test
    void showsChangesOnlyWhenPublished() {
        insert("10.0.0.0/8", "a");
        insert("fd00::/8", "a");
        assertThat(lookup("10.0.0.1")).isNull();
        table.publish();
        table.removeAll("a");
        insert("10.0.0.0/8", "b");
        assertThat(lookup("10.0.0.1")).isEqualTo("a");
        assertThat(lookup("fd00::1")).isEqualTo("a");
        table.publish();
        assertThat(lookup("10.0.0.1")).isEqualTo("b");
        assertThat(lookup("fd00::1")).isNull();
    }

    @Test
    void keepsMappedPrefixesApartFromIpv4() {
        insert("::ffff:10.0.0.0/104", "mapped");
        table.publish();
        assertThat(lookup("10.0.0.1")).isNull();
        assertThat(lookup("::ffff:10.0.0.1")).isEqualTo("mapped");
    }

    @Test
    void matchesAtEveryPrefixLength() {
        for (int length = 0; length <= 128; length++) {
            AllowedIps<String> one = new AllowedIps<>();
            IpAddress inside = IpAddress.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
            one.insert(new Cidr(inside, length), "a");
            one.publish();
            assertThat(one.lookup(inside)).isEqualTo("a");
            if (length > 0) {
                assertThat(one.lookup(flip(inside, length - 1))).isNull();
            }
            if (length < 128) {
                assertThat(one.lookup(flip(inside, length))).isEqualTo("a");
            }
            assertThat(one.remove(new Cidr(inside, length), "a")).isTrue();
            one.publish();
            assertThat(one.lookup(inside)).isNull();
        }
    }

    /** C10: the tries against a list that is searched from end to end. */
    @Test
    void agreesWithALinearModel() {
        int operations = (int) Campaign.size("C10 allowed IPs", 200_000);
        long seed = 0xc10;
        SeededEntropy random = new SeededEntropy(seed);
        AllowedIps<Integer> tries = new AllowedIps<>();
        LinearAllowedIps<Integer> model = new LinearAllowedIps<>();
        int found = 0;
        for (int i = 0; i < operations; i++) {
            int peer = (int) random.uniform(0, 7);
            IpAddress address = draw(random);
            int length = (int) random.uniform(0, address.bits());
            Cidr prefix = model.isEmpty() || random.uniform(0, 3) > 0 ? new Cidr(address, length) : model.any(random);
            switch ((int) random.uniform(0, 9)) {
                case 0, 1 -> {
                    tries.insert(prefix, peer);
                    model.insert(prefix, peer);
                }
                case 2, 3 ->
                    assertThat(tries.remove(prefix, peer)).as("at %d", i).isEqualTo(model.remove(prefix, peer));
                case 4 -> {
                    if (random.uniform(0, 49) == 0) {
                        tries.removeAll(peer);
                        model.removeAll(peer);
                    }
                    assertThat(tries.list(peer)).isEqualTo(model.list(peer));
                }
                default -> {
                    tries.publish();
                    Integer expected = model.lookup(address);
                    assertThat(tries.lookup(address))
                            .as("at %d, seed %d", i, seed)
                            .isEqualTo(expected);
                    found += expected == null ? 0 : 1;
                }
            }
        }
        assertThat(found).isGreaterThan(operations / 5);
    }

    @Test
    void takesTheMostPeersThereAre() {
        for (int i = 0; i < Constants.MAX_PEERS; i++) {
            table.insert(new Cidr(IpAddress.v4(0x0a00_0000 + i), 32), "peer " + i);
        }
        table.publish();
        for (int i = 0; i < Constants.MAX_PEERS; i += 97) {
            assertThat(table.lookupV4(0x0a00_0000 + i)).isEqualTo("peer " + i);
        }
    }

    /** Few distinct bits, so that prefixes nest and meet. */
    private static IpAddress draw(SeededEntropy random) {
        long bits = random.nextLong();
        return random.uniform(0, 1) == 0
                ? IpAddress.v4((int) bits & 0xff0f_000f)
                : IpAddress.v6(bits & 0xff00_0000_0000_ff0fL, random.nextLong() & 0xf000_0000_0000_000fL);
    }

    private static IpAddress flip(IpAddress address, int bit) {
        return bit < 64
                ? IpAddress.v6(address.high() ^ Long.MIN_VALUE >>> bit, address.low())
                : IpAddress.v6(address.high(), address.low() ^ Long.MIN_VALUE >>> (bit - 64));
    }

    private void insert(String prefix, String peer) {
        table.insert(Cidr.parse(prefix), peer);
    }

    private @Nullable String lookup(String address) {
        return table.lookup(IpAddress.parse(address));
    }
}
