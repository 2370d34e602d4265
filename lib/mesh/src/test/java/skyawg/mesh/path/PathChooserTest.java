package skyawg.mesh.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skyawg.mesh.nodes.Population.EXIT;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;
import static skyawg.mesh.nodes.Population.at;
import static skyawg.mesh.nodes.Population.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skyawg.mesh.nodes.Failure;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.Origin;
import skyawg.mesh.nodes.Population;
import skyawg.mesh.nodes.Vantage;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.RecordDigest;
import skyawg.protocol.record.Role;

/** Small worlds, each with one thing in the way. */
final class PathChooserTest {
    private static final PathPolicy POLICY = PathPolicy.to(Role.INTERNET);

    private final Population population = new Population(11);
    private final NodeSample sample = Population.sample(12);
    private final List<PublicKey> guards = new ArrayList<>();

    private PublicKey add(int roles, int family, String ip4) {
        return add(at(population.record(roles, 12, family), ip4));
    }

    private PublicKey add(AddressedRecord addressed) {
        assertThat(sample.offer(addressed, discovery(addressed, 1), NOW).isTaken())
                .isTrue();
        return addressed.node().staticKey();
    }

    private PublicKey addOver6(int roles, String ip6) {
        return add(new AddressedRecord(population.record(roles, 12, 0), AddressedRecord.NO_IP4, IpAddress.parse(ip6)));
    }

    private PublicKey addGuard(String ip4) {
        PublicKey key = add(TRANSIT, 0, ip4);
        guards.add(key);
        return key;
    }

    private PathChoice choose(PathPolicy policy, int count, Path... kept) {
        return chooseWith(Vantage.IPV4 | Vantage.IPV6, policy, count, kept);
    }

    private PathChoice chooseWith(int families, PathPolicy policy, int count, Path... kept) {
        return new PathChooser(sample, Population.vantage(families), NodeTags.families(), new SeededEntropy(1))
                .choose(new PathRequest(policy, count, guards, List.of(kept)), NOW);
    }

    /** Three guards, three transits, one exit, all apart. */
    private PublicKey smallWorld() {
        for (int i = 1; i <= 3; i++) {
            addGuard("10" + i + ".1.1.1");
            add(TRANSIT, 0, "11" + i + ".1.1.1");
        }
        return add(EXIT, 0, "120.1.1.1");
    }

    private static Set<PublicKey> transits(PathChoice choice) {
        Set<PublicKey> keys = new HashSet<>();
        for (Path path : choice.paths()) {
            for (Hop hop : path.hops().subList(0, path.transits())) {
                assertThat(keys.add(hop.key())).as("used once").isTrue();
            }
        }
        return keys;
    }

    private static Rejection whyNot(PathChoice choice, PublicKey node, Place place) {
        return choice.explanation().whyNot(node, place).orElseThrow();
    }

    @Test
    void threeDisjointPathsOutOfExactlyEnoughNodes() {
        PublicKey exit = smallWorld();
        PathChoice choice = choose(POLICY, 3);
        assertThat(choice.shortage()).isEmpty();
        assertThat(choice.paths())
                .hasSize(3)
                .allMatch(path -> path.egress().key().equals(exit));
        assertThat(transits(choice)).hasSize(6);
        assertThat(choice.paths())
                .extracting(path -> path.firstHop().key())
                .containsExactlyInAnyOrderElementsOf(guards);
        assertThat(choice.explanation().chosen())
                .hasSize(9)
                .filteredOn(hop -> hop.place() == Place.FIRST_HOP)
                .allMatch(hop -> hop.reason() == ChosenAs.GUARD);
    }

    @Test
    void aGuardThatFailedIsNoHopBeforeItHasAnswered() {
        smallWorld();
        new Guards(sample, Population.vantage(Vantage.IPV4), new SeededEntropy(2)).maintain(NOW);
        PublicKey silent = guards.getFirst();
        sample.failed(silent, Failure.SILENT, NOW - 3_600);
        assertThat(whyNot(choose(POLICY, 1), silent, Place.FIRST_HOP)).isEqualTo(Rejection.RESTING);
        sample.succeeded(silent, NOW);
        assertThat(choose(POLICY, 3).paths()).hasSize(3);
    }

    @Test
    void aTunnelEndsWhereItEndedThoughNoPathOfItIsKept() {
        smallWorld();
        PublicKey other = add(EXIT, 0, "121.1.1.1");
        for (int seed = 0; seed < 10; seed++) {
            PathChooser chooser = new PathChooser(
                    sample, Population.vantage(Vantage.IPV4), NodeTags.families(), new SeededEntropy(seed));
            PathChoice choice = chooser.choose(new PathRequest(POLICY, 1, guards, List.of(), other), NOW);
            assertThat(choice.paths()).extracting(path -> path.egress().key()).containsExactly(other);
        }
    }

    @Test
    void aFourthPathIsNotMadeByMeeting() {
        smallWorld();
        PathChoice choice = choose(POLICY, 4);
        assertThat(choice.paths()).hasSize(3);
        assertThat(choice.shortage()).contains(Shortage.FIRST_HOPS_USED_UP);
    }

    @Test
    void noGuardNoPath() {
        smallWorld();
        guards.clear();
        PathChoice choice = choose(POLICY, 3);
        assertThat(choice.paths()).isEmpty();
        assertThat(choice.shortage()).contains(Shortage.NO_FIRST_HOP);
        assertThat(choice.explanation().tally(Place.FIRST_HOP).count(Rejection.NOT_A_FIRST_HOP))
                .isEqualTo(6);
    }

    @Test
    void noExitNoPath() {
        smallWorld();
        PathChoice choice = choose(PathPolicy.to(Role.YGG), 3);
        assertThat(choice.paths()).isEmpty();
        assertThat(choice.shortage()).contains(Shortage.NO_EGRESS);
        assertThat(choice.explanation().tally(Place.EGRESS).count(Rejection.NOT_OFFERED))
                .isEqualTo(7);
    }

    @Test
    void tooFewTransitsMakeNoShorterPath() {
        smallWorld();
        PathChoice choice = choose(POLICY.withTransits(5), 2);
        assertThat(choice.paths()).hasSize(1);
        assertThat(choice.paths().getFirst().transits()).isEqualTo(5);
        assertThat(choice.shortage()).contains(Shortage.TOO_FEW_TRANSITS);
    }

    @Test
    void directOnlyIfAskedFor() {
        PublicKey exit = smallWorld();
        PathChoice choice = choose(POLICY.withTransits(0), 3);
        assertThat(choice.paths()).hasSize(1);
        assertThat(choice.paths().getFirst().hops()).extracting(Hop::key).containsExactly(exit);
        assertThat(choice.shortage()).contains(Shortage.NO_TRANSITS_ASKED);
        assertThat(choose(POLICY.withTransits(0).withFirstHops(guards.getFirst()), 1)
                        .paths())
                .as("the exit would be a first hop that is not pinned")
                .isEmpty();
    }

    @Test
    void pinnedFirstHopsAreTheOnlyOnes() {
        smallWorld();
        PublicKey pinned = add(TRANSIT, 0, "130.1.1.1");
        PathChoice choice = choose(POLICY.withFirstHops(pinned), 3);
        assertThat(choice.paths()).hasSize(1);
        assertThat(choice.paths().getFirst().firstHop().key()).isEqualTo(pinned);
        assertThat(choice.explanation().chosen().getFirst().reason()).isEqualTo(ChosenAs.PINNED_FIRST_HOP);
        assertThat(choice.shortage()).contains(Shortage.FIRST_HOPS_USED_UP);
        sample.failed(pinned, Failure.SILENT, NOW);
        PathChoice without = choose(POLICY.withFirstHops(pinned), 3);
        assertThat(without.paths()).isEmpty();
        assertThat(whyNot(without, pinned, Place.FIRST_HOP)).isEqualTo(Rejection.RESTING);
    }

    @Test
    void wantedExitsAreTheOnlyOnes() {
        PublicKey exit = smallWorld();
        PublicKey wanted = add(EXIT, 0, "131.1.1.1");
        PathChoice choice = choose(POLICY.withExits(wanted), 3);
        assertThat(choice.paths())
                .hasSize(3)
                .allMatch(path -> path.egress().key().equals(wanted));
        assertThat(whyNot(choice, exit, Place.EGRESS)).isEqualTo(Rejection.OTHER_EXIT_WANTED);
        sample.failed(wanted, Failure.SILENT, NOW);
        assertThat(choose(POLICY.withExits(wanted), 3).shortage()).contains(Shortage.NO_EGRESS);
    }

    @Test
    void anAvoidedFamilyIsAvoidedAtEveryPlace() {
        PublicKey transit = add(TRANSIT, 0xabc, "140.1.1.1");
        PublicKey exit = add(EXIT, 0xabc, "141.1.1.1");
        smallWorld();
        PathChoice choice = choose(POLICY.avoiding(NodeTags.family(0xabc)), 3);
        assertThat(choice.paths()).hasSize(3);
        assertThat(whyNot(choice, transit, Place.TRANSIT)).isEqualTo(Rejection.AVOIDED);
        assertThat(whyNot(choice, exit, Place.EGRESS)).isEqualTo(Rejection.AVOIDED);
    }

    @Test
    void noTwoOfOneBlockInATunnel() {
        smallWorld();
        PublicKey near = add(TRANSIT, 0, "101.1.9.9");
        PublicKey nearExit = add(TRANSIT, 0, "120.1.9.9");
        PathChoice choice = choose(POLICY, 3);
        assertThat(whyNot(choice, near, Place.TRANSIT)).isEqualTo(Rejection.SAME_BLOCK);
        assertThat(whyNot(choice, nearExit, Place.TRANSIT)).isEqualTo(Rejection.SAME_BLOCK);
        assertThat(whyNot(choice, guards.getFirst(), Place.TRANSIT)).isEqualTo(Rejection.IN_USE);
    }

    @Test
    void blocksMayBeSharedOnlyIfThePolicySaysSo() {
        for (int i = 1; i <= 2; i++) {
            addGuard("10.0." + i + ".1");
            add(TRANSIT, 0, "10.0." + (10 + i) + ".1");
        }
        add(EXIT, 0, "10.0.99.1");
        assertThat(choose(POLICY, 2).shortage()).contains(Shortage.RULES_COLLIDE);
        assertThat(choose(POLICY, 2).paths()).isEmpty();
        assertThat(choose(POLICY.withinOneNetwork(), 2).paths()).hasSize(2);
    }

    @Test
    void bothEndsOfALinkListItsFamily() {
        addGuard("101.1.1.1");
        addOver6(TRANSIT, "2400:1::1");
        add(EXIT, 0, "120.1.1.1");
        assertThat(choose(POLICY, 1).shortage()).contains(Shortage.RULES_COLLIDE);
        PublicKey both = add(new AddressedRecord(
                population.record(TRANSIT, 12, 0), IpAddress.parse("111.1.1.1"), IpAddress.parse("2400:2::1")));
        PublicKey exit6 = addOver6(EXIT, "2400:3::1");
        PathChoice choice = choose(POLICY.withExits(exit6), 1);
        assertThat(choice.paths()).hasSize(1);
        List<Hop> hops = choice.paths().getFirst().hops();
        assertThat(hops).extracting(Hop::key).containsExactly(guards.getFirst(), both, exit6);
        assertThat(hops).extracting(hop -> hop.endpoint().address().isV6()).containsExactly(false, false, true);
        assertThat(chooseWith(Vantage.IPV6, POLICY, 1).shortage()).contains(Shortage.NO_FIRST_HOP);
    }

    @Test
    void aDisputedNodeIsTheLastResort() {
        PublicKey exit = smallWorld();
        AddressedRecord disputed = at(population.record(TRANSIT, 30, 0), "150.1.1.1");
        add(disputed);
        sample.offer(at(disputed.node(), "151.1.1.1"), Origin.discovery("rival", 1), NOW);
        PathChoice choice = choose(POLICY, 3);
        assertThat(transits(choice)).doesNotContain(disputed.node().staticKey());
        assertThat(whyNot(choice, disputed.node().staticKey(), Place.TRANSIT)).isEqualTo(Rejection.NOT_DRAWN);
        for (int i = 1; i <= 3; i++) {
            sample.nodes().stream()
                    .map(node -> node.key())
                    .filter(key -> !guards.contains(key)
                            && !key.equals(exit)
                            && !key.equals(disputed.node().staticKey()))
                    .forEach(key -> sample.failed(key, Failure.SILENT, NOW));
        }
        PathChoice last = choose(POLICY.withFirstHops(guards.getFirst()), 1);
        assertThat(last.paths()).hasSize(1);
        assertThat(transits(last))
                .as("guards are spared, but not for this")
                .doesNotContain(disputed.node().staticKey());
        guards.subList(1, 3).forEach(key -> sample.failed(key, Failure.SILENT, NOW));
        PathChoice worst = choose(POLICY, 1);
        assertThat(transits(worst)).contains(disputed.node().staticKey());
        assertThat(worst.explanation().chosen().get(1).reason()).isEqualTo(ChosenAs.LAST_RESORT);
    }

    @Test
    void aReplacementMeetsNoneOfThePathsThatStay() {
        PublicKey exit = smallWorld();
        add(EXIT, 0, "160.1.1.1");
        PathChoice all = choose(POLICY.withExits(exit), 3);
        Path left = all.paths().get(0);
        Path gone = all.paths().get(1);
        Path right = all.paths().get(2);
        PathChoice one = choose(POLICY, 1, left, right);
        assertThat(one.paths()).containsExactly(gone);
        assertThat(one.explanation().chosen().getLast().reason()).isEqualTo(ChosenAs.EGRESS_OF_TUNNEL);
        assertThat(whyNot(one, left.firstHop().key(), Place.FIRST_HOP)).isEqualTo(Rejection.IN_USE);
        sample.failed(exit, Failure.BLACK_HOLE, NOW);
        assertThat(choose(POLICY, 1, left, right).shortage()).contains(Shortage.EGRESS_LOST);
    }

    @Test
    void aNodeWithoutItsKeyOfTodayIsNoHop() {
        PublicKey exit = smallWorld();
        PathChoice later = new PathChooser(
                        sample, Population.vantage(Vantage.IPV4), NodeTags.families(), new SeededEntropy(1))
                .choose(new PathRequest(POLICY, 1, guards, List.of()), NOW + 2 * Population.DAY);
        assertThat(later.paths()).isEmpty();
        assertThat(later.shortage()).contains(Shortage.NO_EGRESS);
        assertThat(whyNot(later, exit, Place.EGRESS)).isEqualTo(Rejection.NO_CURRENT_KEY);
    }

    @Test
    void whoClaimsAnothersProvedKeyIsRefuted() {
        smallWorld();
        AddressedRecord honest = at(population.record(TRANSIT, 12, 0), "170.1.1.1");
        add(honest);
        AddressedRecord thief = at(
                Population.record(
                        TRANSIT, 12, 0, Population.key(500), honest.node().mediumTermKey(), NOW + Population.DAY),
                "171.1.1.1");
        add(thief);
        sample.prove(honest.node().staticKey(), honest.digest(), honest.digest(), RecordDigest.NONE, NOW);
        assertThat(whyNot(choose(POLICY, 3), thief.node().staticKey(), Place.TRANSIT))
                .isEqualTo(Rejection.REFUTED);
    }

    @Test
    void twoWhoClaimOneKeyNeverShareATunnel() {
        addGuard("101.1.1.1");
        add(EXIT, 0, "120.1.1.1");
        AddressedRecord one = at(population.record(TRANSIT, 12, 0), "170.1.1.1");
        PublicKey sharedKey = one.node().mediumTermKey();
        add(one);
        add(at(Population.record(TRANSIT, 12, 0, Population.key(500), sharedKey, NOW + Population.DAY), "171.1.1.1"));
        PathChoice choice = choose(POLICY, 1);
        assertThat(choice.paths()).hasSize(1);
        assertThat(choice.explanation().chosen().get(1).reason()).isEqualTo(ChosenAs.LAST_RESORT);
        assertThat(choice.explanation().tally(Place.TRANSIT).count(Rejection.SAME_KEY))
                .isOne();

        addGuard("102.1.1.1");
        PathChoice two = choose(POLICY, 2);
        assertThat(two.paths()).hasSize(1);
        assertThat(two.shortage()).contains(Shortage.RULES_COLLIDE);
    }

    @Test
    void theSameSeedGivesTheSamePaths() {
        smallWorld();
        for (int i = 0; i < 50; i++) {
            add(population.anywhere(TRANSIT | EXIT, 12));
        }
        assertThat(choose(POLICY, 3).paths()).isEqualTo(choose(POLICY, 3).paths());
    }

    @Test
    void everyNodeIsAccountedForAtEveryPlace() {
        smallWorld();
        for (int i = 0; i < 50; i++) {
            add(population.anywhere(TRANSIT | EXIT, 12));
        }
        Explanation explanation = choose(POLICY, 3).explanation();
        for (Place place : Place.values()) {
            int rejected = explanation.tally(place).rejected().values().stream()
                    .mapToInt(List::size)
                    .sum();
            long chosen = explanation.chosen().stream()
                    .filter(hop -> hop.place() == place)
                    .map(ChosenHop::node)
                    .distinct()
                    .count();
            assertThat(rejected + chosen).as("%s", place).isEqualTo(sample.size());
        }
    }

    @Test
    void refusesWhatNoPolicyCanBe() {
        assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withTransits(6));
        assertThatIllegalArgumentException().isThrownBy(() -> POLICY.withTransits(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> PathPolicy.to(Role.TRANSIT));
        assertThatIllegalArgumentException().isThrownBy(() -> new PathRequest(POLICY, 17, List.of(), List.of()));
        assertThat(new Explanation(List.of(), Map.of()).whyNot(Population.SELF, Place.TRANSIT))
                .isEqualTo(Optional.empty());
    }
}
