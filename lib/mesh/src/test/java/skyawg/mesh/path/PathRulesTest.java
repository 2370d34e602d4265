package skyawg.mesh.path;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.mesh.nodes.Population.NOW;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import skyawg.mesh.nodes.Failure;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.nodes.Node;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.Population;
import skyawg.mesh.nodes.Vantage;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.NodeRecord;
import skyawg.protocol.record.Role;

/**
 * Whatever the population is: no rule is broken, no path is shorter than asked, and who comes short says why. The rules
 * are written out again here, from the records alone.
 */
final class PathRulesTest {
    private static final int BOTH = Vantage.IPV4 | Vantage.IPV6;

    @Property(tries = 300)
    void noRuleIsEverBroken(
            @ForAll long seed,
            @ForAll @IntRange(min = 0, max = 5) int transits,
            @ForAll @IntRange(min = 1, max = 6) int count,
            @ForAll @IntRange(min = 2, max = 150) int nodes,
            @ForAll @IntRange(min = 1, max = 60) int blocks,
            @ForAll @IntRange(min = 1, max = BOTH) int families,
            @ForAll boolean isBlockDiverse) {
        SeededEntropy random = new SeededEntropy(seed);
        NodeSample sample = Population.sample(seed);
        for (AddressedRecord each : new Population(seed).mixed(nodes, blocks)) {
            sample.offer(each, Population.discovery(each, 1), NOW);
        }
        Vantage vantage = Population.vantage(families);
        Guards guards = new Guards(sample, vantage, random);
        guards.maintain(NOW);
        Set<PublicKey> resting = new HashSet<>();
        for (Node node : List.copyOf(sample.nodes())) {
            if (random.uniform(0, 9) == 0) {
                sample.failed(node.key(), Failure.SILENT, NOW);
                resting.add(node.key());
            }
        }
        PathPolicy policy = PathPolicy.to(Role.INTERNET).withTransits(transits).avoiding(NodeTags.family(1));
        if (!isBlockDiverse) {
            policy = policy.withinOneNetwork();
        }
        PathChooser chooser = new PathChooser(sample, vantage, NodeTags.families(), random);
        PathChoice choice = chooser.choose(new PathRequest(policy, count, guards.inUse(NOW), List.of()), NOW);
        List<Path> tunnel = new ArrayList<>(choice.paths());

        assertThat(tunnel.size() == count).isEqualTo(choice.shortage().isEmpty());
        assertThat(tunnel).hasSizeLessThanOrEqualTo(count);
        assertTunnel(tunnel, policy, guards.inUse(NOW), families, resting);

        if (tunnel.size() > 1) {
            tunnel.removeFirst();
            PathChoice more = chooser.choose(new PathRequest(policy, 2, guards.inUse(NOW), tunnel), NOW);
            assertThat(more.paths()).as("one place was made").isNotEmpty();
            tunnel.addAll(more.paths());
            assertTunnel(tunnel, policy, guards.inUse(NOW), families, resting);
        }
        Statistics.label("paths").collect(choice.paths().size());
        Statistics.label("short because")
                .collect(choice.shortage().map(Enum::name).orElse("not short"));
    }

    private static void assertTunnel(
            List<Path> tunnel, PathPolicy policy, List<PublicKey> guards, int families, Set<PublicKey> resting) {
        List<AddressedRecord> together = new ArrayList<>();
        for (Path path : tunnel) {
            assertThat(path.transits()).isEqualTo(policy.transits());
            assertThat(path.egress().key()).isEqualTo(tunnel.getFirst().egress().key());
            if (policy.transits() > 0) {
                assertThat(guards).contains(path.firstHop().key());
            }
            assertLinks(path, families);
            for (Hop hop : path.hops()) {
                NodeRecord node = hop.addressed().node();
                boolean isEgress = hop.equals(path.egress());
                assertThat(node.offers(isEgress ? policy.exit() : Role.TRANSIT)).isTrue();
                assertThat(node.family()).as("avoided").isNotEqualTo(1);
                assertThat(resting).doesNotContain(hop.key());
                if (!isEgress || together.isEmpty()) {
                    together.add(hop.addressed());
                }
            }
        }
        List<AddressedRecord> apart = new ArrayList<>(together);
        tunnel.stream()
                .map(path -> path.egress().addressed())
                .filter(egress -> !together.contains(egress))
                .findFirst()
                .ifPresent(apart::add);
        for (int i = 0; i < apart.size(); i++) {
            for (int j = i + 1; j < apart.size(); j++) {
                assertApart(apart.get(i), apart.get(j), policy.isBlockDiverse());
            }
        }
    }

    private static void assertLinks(Path path, int families) {
        boolean has4 = (families & Vantage.IPV4) != 0;
        boolean has6 = (families & Vantage.IPV6) != 0;
        for (Hop hop : path.hops()) {
            AddressedRecord to = hop.addressed();
            boolean isV6 = hop.endpoint().address().isV6();
            assertThat(isV6 ? has6 : has4).as("family of the near end").isTrue();
            IpAddress listed = isV6 ? to.ip6() : to.ip4();
            assertThat(hop.endpoint().address()).isEqualTo(listed);
            assertThat(listed).isNotIn(AddressedRecord.NO_IP4, AddressedRecord.NO_IP6);
            has4 = !to.ip4().equals(AddressedRecord.NO_IP4);
            has6 = !to.ip6().equals(AddressedRecord.NO_IP6);
        }
    }

    private static void assertApart(AddressedRecord one, AddressedRecord other, boolean isBlockDiverse) {
        assertThat(one.node().staticKey()).isNotEqualTo(other.node().staticKey());
        assertThat(one.node().mediumTermKey()).isNotEqualTo(other.node().mediumTermKey());
        if (one.node().family() != 0) {
            assertThat(one.node().family()).isNotEqualTo(other.node().family());
        }
        if (isBlockDiverse) {
            assertThat(one.ip4().masked(16).equals(other.ip4().masked(16))
                            && !one.ip4().equals(AddressedRecord.NO_IP4))
                    .isFalse();
            assertThat(one.ip6().masked(32).equals(other.ip6().masked(32))
                            && !one.ip6().equals(AddressedRecord.NO_IP6))
                    .isFalse();
        }
    }

    /** In small worlds the search is held against trying everything. */
    @Property(tries = 200)
    void findsAPathWhereverThereIsOne(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 3) int transits,
            @ForAll @IntRange(min = 3, max = 9) int nodes) {
        NodeSample sample = Population.sample(seed);
        List<AddressedRecord> all = new ArrayList<>();
        for (AddressedRecord each : new Population(seed).mixed(nodes, 6)) {
            if (sample.offer(each, Population.discovery(each, 1), NOW).isTaken()) {
                all.add(each);
            }
        }
        Vantage vantage = Population.vantage(Vantage.IPV4);
        List<PublicKey> firstHops =
                all.stream().map(each -> each.node().staticKey()).toList();
        PathPolicy policy = PathPolicy.to(Role.INTERNET).withTransits(transits);
        PathChoice choice = new PathChooser(sample, vantage, NodeTags.families(), new SeededEntropy(seed))
                .choose(new PathRequest(policy, 1, firstHops, List.of()), NOW);
        boolean exists = exists(all, new ArrayList<>(), transits);
        Statistics.collect(exists);
        assertThat(choice.paths().size()).isEqualTo(exists ? 1 : 0);
    }

    private static boolean exists(List<AddressedRecord> all, List<AddressedRecord> path, int transits) {
        if (path.size() == transits + 1) {
            return true;
        }
        Role role = path.size() == transits ? Role.INTERNET : Role.TRANSIT;
        for (AddressedRecord next : all) {
            boolean fits = next.node().offers(role)
                    && (path.isEmpty() ? !next.ip4().equals(AddressedRecord.NO_IP4) : isLinked(path.getLast(), next))
                    && path.stream().noneMatch(before -> isNear(before, next));
            if (fits) {
                path.add(next);
                if (exists(all, path, transits)) {
                    return true;
                }
                path.removeLast();
            }
        }
        return false;
    }

    private static boolean isLinked(AddressedRecord one, AddressedRecord other) {
        boolean over4 = one.endpoint4().isPresent() && other.endpoint4().isPresent();
        boolean over6 = one.endpoint6().isPresent() && other.endpoint6().isPresent();
        return over4 || over6;
    }

    private static boolean isNear(AddressedRecord one, AddressedRecord other) {
        boolean near4 = one.endpoint4().isPresent()
                && one.ip4().masked(16).equals(other.ip4().masked(16));
        boolean near6 = one.endpoint6().isPresent()
                && one.ip6().masked(32).equals(other.ip6().masked(32));
        boolean isFamily =
                one.node().family() != 0 && one.node().family() == other.node().family();
        return one.equals(other) || near4 || near6 || isFamily;
    }
}
