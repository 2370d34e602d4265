package skyawg.mesh.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.mesh.nodes.Population.EXIT;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;
import static skyawg.mesh.nodes.Population.at;
import static skyawg.mesh.nodes.Population.discovery;
import static skyawg.mesh.nodes.Population.nextDay;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.RecordDigest;

/** Whoever hands over whatever: the sample stays as large as it may be. */
final class SampleBoundsTest {
    private final Population population = new Population(7);
    private final NodeSample sample = Population.sample(8);

    private AddressedRecord another(String ip4) {
        return at(population.record(TRANSIT, 12, 0), ip4);
    }

    private OfferVerdict offer(AddressedRecord addressed) {
        return sample.offer(addressed, discovery(addressed, 1), NOW);
    }

    @Test
    void aBlockGivesOnlySoMany() {
        assertThat(offer(another("9.1.2.3"))).isEqualTo(OfferVerdict.ADDED);
        assertThat(offer(another("9.1.2.4"))).isEqualTo(OfferVerdict.ADDED);
        assertThat(offer(another("9.1.2.5"))).isEqualTo(OfferVerdict.BLOCK_FULL);
        for (int i = 3; i <= 5; i++) {
            assertThat(offer(another("9.1." + i + ".1"))).isEqualTo(OfferVerdict.ADDED);
        }
        AddressedRecord sixth = another("9.1.77.1");
        assertThat(offer(sixth)).isEqualTo(OfferVerdict.BLOCK_FULL);
        assertThat(sample.offer(sixth, Origin.staticEntry(sixth.node().staticKey()), NOW))
                .as("the operator's choice")
                .isEqualTo(OfferVerdict.ADDED);
    }

    @Test
    void aPrivateNetworkMayBeOneBlock() {
        for (String block : new String[] {"10.20.0.", "192.168.7.", "172.16.1.", "100.64.3.", "127.0.0."}) {
            for (int i = 1; i <= 8; i++) {
                assertThat(offer(another(block + i))).isEqualTo(OfferVerdict.ADDED);
            }
        }
    }

    @Test
    void whoFailsGivesItsPlaceInTheBlockAway() {
        AddressedRecord failing = another("9.1.2.3");
        offer(failing);
        offer(another("9.1.2.4"));
        sample.failed(failing.node().staticKey(), Failure.SILENT, NOW);
        assertThat(offer(another("9.1.2.5"))).isEqualTo(OfferVerdict.ADDED);
        assertThat(sample.find(failing.node().staticKey())).isEmpty();
    }

    /** Any flood of claims, many of them about the same nodes and blocks, and any feedback. */
    @Property(tries = 20)
    void staysWithinItsBounds(@ForAll long seed) {
        Population crowd = new Population(seed);
        NodeSample flooded = Population.sample(seed + 1);
        SeededEntropy random = new SeededEntropy(seed + 2);
        List<AddressedRecord> few = crowd.mixed(40, 3);
        for (int i = 0; i < 4_000; i++) {
            AddressedRecord addressed = random.uniform(0, 3) == 0
                    ? few.get((int) random.uniform(0, few.size() - 1L))
                    : crowd.anywhere(TRANSIT, 12);
            if (random.uniform(0, 3) == 0) {
                addressed = nextDay(addressed, random.nextLong());
            }
            long now = NOW + i;
            flooded.offer(addressed, Origin.discovery("id" + random.uniform(0, 5_000), i), now);
            PublicKey some = addressed.node().staticKey();
            RecordDigest used = addressed.digest();
            switch ((int) random.uniform(0, 3)) {
                case 0 -> flooded.failed(some, Failure.SILENT, now);
                case 1 -> flooded.succeeded(some, now);
                case 2 -> flooded.prove(some, used, new RecordDigest(i, i), RecordDigest.NONE, now);
                default -> flooded.prove(some, used, used, RecordDigest.NONE, now);
            }
        }
        assertBounds(flooded);
    }

    @Test
    void holdsTwoThousandOfFiftyThousand() {
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            refused += offer(population.anywhere(TRANSIT | EXIT, 12)).isTaken() ? 0 : 1;
        }
        assertThat(sample.size()).isEqualTo(NodeSample.MAX_NODES);
        assertThat(refused).isGreaterThan(10_000);
        assertThat(sample.entries()).isLessThan(6 * NodeSample.MAX_NODES);
        assertBounds(sample);
    }

    @Test
    void provedNodesAreNotFloodedAway() {
        for (int i = 0; i < 500; i++) {
            AddressedRecord one = population.anywhere(TRANSIT, 12);
            offer(one);
            sample.prove(one.node().staticKey(), one.digest(), one.digest(), RecordDigest.NONE, NOW);
        }
        Set<PublicKey> proved = new HashSet<>();
        sample.nodes().forEach(each -> proved.add(each.key()));
        for (int i = 0; i < 20_000; i++) {
            offer(population.anywhere(TRANSIT, 12));
        }
        assertThat(proved)
                .hasSizeGreaterThan(450)
                .allMatch(each -> sample.find(each).isPresent());
    }

    private static void assertBounds(NodeSample sample) {
        assertThat(sample.size()).isBetween(1, NodeSample.MAX_NODES);
        Map<Cidr, Set<PublicKey>> blocks = new HashMap<>();
        for (Node each : sample.nodes()) {
            assertThat(each.claims()).hasSizeBetween(1, Node.MAX_CLAIMS);
            for (Claim claim : each.claims()) {
                if (claim.hasAddress4()) {
                    count(blocks, claim.addressed().ip4(), 24, each);
                    count(blocks, claim.addressed().ip4(), 16, each);
                }
                if (claim.hasAddress6()) {
                    count(blocks, claim.addressed().ip6(), 48, each);
                    count(blocks, claim.addressed().ip6(), 32, each);
                }
            }
        }
        blocks.forEach((block, there) -> assertThat(there)
                .as("%s", block)
                .hasSizeLessThanOrEqualTo(block.prefixBits() == 24 || block.prefixBits() == 48 ? 2 : 5));
    }

    private static void count(Map<Cidr, Set<PublicKey>> blocks, IpAddress address, int bits, Node node) {
        blocks.computeIfAbsent(new Cidr(address, bits), b -> new HashSet<>()).add(node.key());
    }
}
