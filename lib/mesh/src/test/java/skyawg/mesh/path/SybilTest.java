package skyawg.mesh.path;

import static org.assertj.core.api.Assertions.assertThat;
import static skyawg.mesh.nodes.Population.EXIT;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.Population;
import skyawg.mesh.nodes.Vantage;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;
import skyawg.protocol.record.Role;

/**
 * The chance that one owner of 5, 10 or 20 % of all nodes holds both ends of a path: its first hop and its exit (mesh
 * specification §10). 10 000 nodes, each transit and exit, all of the same capacity unless said; each ingress has a
 * sample of its own, six guards, and one tunnel of five paths. Declares no family, naturally.
 */
final class SybilTest {
    private static final int POPULATION = 10_000;
    private static final int INGRESSES = 200;
    private static final int PATHS = 5;

    private enum Spread {
        ONE_BLOCK,
        EVERYWHERE,
        EVERYWHERE_AND_BOASTING
    }

    /** Shares of all paths, and of all tunnels with at least one such path. */
    private record Chance(double path, double tunnel, double sampled) {}

    private static Chance chance(Spread spread, int percent) {
        Population population = new Population(percent);
        List<AddressedRecord> nodes = new ArrayList<>(POPULATION);
        Set<PublicKey> owned = new HashSet<>();
        int roles = TRANSIT | EXIT;
        for (int i = 0; i < POPULATION; i++) {
            boolean isOwned = i < POPULATION * percent / 100;
            AddressedRecord node = isOwned && spread == Spread.ONE_BLOCK
                    ? Population.at(population.record(roles, 15, 0), 0x4d4d_0000 + i * 31)
                    : population.anywhere(roles, isOwned && spread == Spread.EVERYWHERE_AND_BOASTING ? 255 : 15);
            nodes.add(node);
            if (isOwned) {
                owned.add(node.node().staticKey());
            }
        }
        Entropy entropy = new SeededEntropy(1000 + percent);
        int paths = 0;
        int heldPaths = 0;
        int heldTunnels = 0;
        int inSamples = 0;
        int sampled = 0;
        for (int ingress = 0; ingress < INGRESSES; ingress++) {
            NodeSample sample = Population.sample(ingress);
            fill(sample, nodes, entropy);
            sampled += sample.size();
            inSamples += (int) sample.nodes().stream()
                    .filter(node -> owned.contains(node.key()))
                    .count();
            Vantage vantage = Population.vantage(Vantage.IPV4);
            Guards guards = new Guards(sample, vantage, entropy);
            guards.maintain(NOW);
            PathChoice choice = new PathChooser(sample, vantage, NodeTags.families(), entropy)
                    .choose(new PathRequest(PathPolicy.to(Role.INTERNET), PATHS, guards.inUse(NOW), List.of()), NOW);
            int held = 0;
            for (Path path : choice.paths()) {
                boolean isHeld = owned.contains(path.firstHop().key())
                        && owned.contains(path.egress().key());
                held += isHeld ? 1 : 0;
            }
            paths += choice.paths().size();
            heldPaths += held;
            heldTunnels += held > 0 ? 1 : 0;
        }
        assertThat(paths).isEqualTo(INGRESSES * PATHS);
        return new Chance((double) heldPaths / paths, (double) heldTunnels / INGRESSES, (double) inSamples / sampled);
    }

    /** By random look-ups, until the sample is nearly full. */
    private static void fill(NodeSample sample, List<AddressedRecord> nodes, Entropy entropy) {
        while (sample.size() < NodeSample.MAX_NODES - 50) {
            AddressedRecord found = nodes.get((int) entropy.uniform(0, nodes.size() - 1L));
            sample.offer(found, Population.discovery(found, 1), NOW);
        }
    }

    private static Chance report(Spread spread, int percent) {
        Chance chance = chance(spread, percent);
        System.out.printf(
                Locale.ROOT,
                "sybil: %2d %% of nodes, %-23s  of samples %5.2f %%, both ends of a path %6.3f %%, of a tunnel %5.1f %%%n",
                percent,
                spread,
                100 * chance.sampled(),
                100 * chance.path(),
                100 * chance.tunnel());
        return chance;
    }

    @Test
    void anOwnerWithinOneBlockGetsNearlyNothing() {
        for (int percent : new int[] {5, 10, 20}) {
            Chance chance = report(Spread.ONE_BLOCK, percent);
            assertThat(chance.sampled()).isLessThanOrEqualTo(5.0 / (NodeSample.MAX_NODES - 50));
            assertThat(chance.path()).isLessThan(0.001);
        }
    }

    /** Expected: f squared of paths, and of tunnels f (1 - (1 - f)^5). */
    @Test
    void anOwnerSpreadOverManyBlocksGetsHisShareAndNoMore() {
        for (int percent : new int[] {5, 10, 20}) {
            Chance chance = report(Spread.EVERYWHERE, percent);
            double f = percent / 100.0;
            assertThat(chance.path()).isBetween(0.0, 3 * f * f);
            assertThat(chance.tunnel()).isBetween(0.0, 2 * f * (1 - Math.pow(1 - f, PATHS)) + 0.02);
        }
    }

    @Test
    void claimingMoreCapacityBringsNothingUntilItIsSeen() {
        Chance chance = report(Spread.EVERYWHERE_AND_BOASTING, 20);
        assertThat(chance.path()).isBetween(0.0, 3 * 0.2 * 0.2);
    }
}
