package skyawg.mesh.nodes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skyawg.mesh.nodes.Population.DAY;
import static skyawg.mesh.nodes.Population.NOW;
import static skyawg.mesh.nodes.Population.TRANSIT;
import static skyawg.mesh.nodes.Population.at;
import static skyawg.mesh.nodes.Population.discovery;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

final class GuardsTest {
    private static final int HOUR = 3_600;

    private final Population population = new Population(3);
    private final NodeSample sample = Population.sample(4);
    private final Guards guards = guards(sample);
    private final List<AddressedRecord> nodes = new ArrayList<>();
    private long nextKey = 1_000_000;

    private static Guards guards(NodeSample sample) {
        return new Guards(sample, Population.vantage(Vantage.IPV4), new SeededEntropy(5));
    }

    private void add(int count) {
        for (int i = 0; i < count; i++) {
            AddressedRecord one = population.anywhere(TRANSIT, 12);
            nodes.add(one);
            sample.offer(one, discovery(one, 1), NOW);
        }
    }

    /** Each node goes on publishing: its record of that time. */
    private void republish(long now) {
        for (int i = 0; i < nodes.size(); i++) {
            AddressedRecord next = nodes.get(i);
            while (next.node().expiryUnixSeconds() < now + DAY) {
                next = Population.nextDay(next, nextKey++);
            }
            nodes.set(i, next);
            sample.offer(next, discovery(next, now), now);
        }
    }

    @Test
    void sixAreChosenAndKept() {
        add(200);
        assertThat(guards.maintain(NOW)).isTrue();
        List<PublicKey> first = guards.inUse(NOW);
        assertThat(first).hasSize(6).doesNotHaveDuplicates();
        for (int day = 1; day < 30; day++) {
            republish(NOW + day * DAY);
            sample.expire(NOW + day * DAY);
            assertThat(guards.maintain(NOW + day * DAY)).isFalse();
        }
        assertThat(guards.inUse(NOW + 29 * DAY)).isEqualTo(first);
    }

    @Test
    void eachIsReplacedAfterThirtyToSixtyDays() {
        add(200);
        guards.maintain(NOW);
        assertThat(guards.stored(NOW))
                .allMatch(guard -> guard.untilUnixSeconds() >= NOW + 30 * DAY)
                .allMatch(guard -> guard.untilUnixSeconds() <= NOW + 60 * DAY);
        List<PublicKey> first = guards.inUse(NOW);
        republish(NOW + 60 * DAY);
        assertThat(guards.maintain(NOW + 60 * DAY)).isTrue();
        assertThat(guards.inUse(NOW + 60 * DAY)).hasSize(6).isNotEqualTo(first);
        assertThat(guards.stored(NOW + 60 * DAY)).allMatch(guard -> guard.sinceUnixSeconds() == NOW + 60 * DAY);
    }

    @Test
    void heavyNodesAreChosenMoreOften() {
        int heavyOnes = 0;
        for (int round = 0; round < 50; round++) {
            NodeSample some = Population.sample(round);
            Set<PublicKey> heavy = new HashSet<>();
            for (int i = 0; i < 100; i++) {
                AddressedRecord one = population.anywhere(TRANSIT, i < 50 ? 14 : 11);
                if (i < 50) {
                    heavy.add(one.node().staticKey());
                }
                some.offer(one, discovery(one, 1), NOW);
            }
            Guards chosen = new Guards(some, Population.vantage(Vantage.IPV4), new SeededEntropy(round));
            chosen.maintain(NOW);
            heavyOnes +=
                    (int) chosen.inUse(NOW).stream().filter(heavy::contains).count();
        }
        assertThat(heavyOnes).as("of 300; 8/9 of the weight is theirs").isBetween(240, 290);
    }

    @Test
    void noTwoAreNearOneAnotherIfOthersAreThere() {
        for (int i = 0; i < 5; i++) {
            AddressedRecord near = at(population.record(TRANSIT, 15, 0), "5.5." + i + ".1");
            sample.offer(near, discovery(near, 1), NOW);
        }
        AddressedRecord sister = at(population.record(TRANSIT, 15, 77), "6.5.1.1");
        AddressedRecord brother = at(population.record(TRANSIT, 15, 77), "7.5.1.1");
        sample.offer(sister, discovery(sister, 1), NOW);
        sample.offer(brother, discovery(brother, 1), NOW);
        add(4);
        guards.maintain(NOW);
        List<Guard> stored = guards.stored(NOW);
        assertThat(stored).hasSize(6);
        for (Guard one : stored) {
            for (Guard other : stored) {
                boolean isNear = Locality.of(one.addressed()).isNear(Locality.of(other.addressed()));
                assertThat(isNear).isEqualTo(one.key().equals(other.key()));
            }
        }
    }

    @Test
    void pinnedOnesComeFirstAndStay() {
        add(50);
        PublicKey pinned = nodes.get(10).node().staticKey();
        guards.pin(Set.of(pinned));
        guards.maintain(NOW);
        assertThat(guards.inUse(NOW).getFirst()).isEqualTo(pinned);
        republish(NOW + 61 * DAY);
        guards.maintain(NOW + 61 * DAY);
        assertThat(guards.inUse(NOW + 61 * DAY)).hasSize(6).startsWith(pinned);
    }

    @Test
    void oneThatIsDownIsNotReplacedWhileFiveAnswer() {
        add(50);
        guards.maintain(NOW);
        PublicKey down = guards.inUse(NOW).getFirst();
        sample.failed(down, Failure.SILENT, NOW);
        assertThat(guards.maintain(NOW + 700)).isFalse();
        assertThat(guards.inUse(NOW + 700)).hasSize(5).doesNotContain(down);
        assertThat(guards.toBeTried(NOW + 700)).containsExactly(down);
        sample.succeeded(down, NOW + 700);
        assertThat(guards.inUse(NOW + 700)).hasSize(6).startsWith(down);
        assertThat(guards.toBeTried(NOW + 700)).isEmpty();
    }

    @Test
    void shuttingGuardsDownBringsNoMoreThanTwelve() {
        add(200);
        guards.maintain(NOW);
        for (int i = 0; i < 100; i++) {
            long now = NOW + i * 700L;
            for (PublicKey guard : guards.inUse(now)) {
                sample.failed(guard, Failure.SILENT, now);
            }
            guards.maintain(now + 650);
            assertThat(guards.stored(now)).hasSizeBetween(6, 12);
        }
        assertThat(guards.stored(NOW)).hasSize(12);
    }

    @Test
    void oneThatFailsForADayWhileOthersAnswerIsGivenUp() {
        add(50);
        guards.maintain(NOW);
        PublicKey dead = guards.inUse(NOW).getFirst();
        PublicKey alive = guards.inUse(NOW).getLast();
        sample.succeeded(dead, NOW);
        for (int hour = 0; hour < 24; hour++) {
            assertThat(guards.stored(NOW)).extracting(Guard::key).contains(dead);
            long now = NOW + (long) hour * HOUR;
            sample.succeeded(alive, now);
            sample.failed(dead, Failure.SILENT, now);
            guards.maintain(now);
        }
        assertThat(guards.stored(NOW))
                .extracting(Guard::key)
                .doesNotContain(dead)
                .hasSize(6);
    }

    @Test
    void aNetworkOfOurOwnThatIsDownCostsNoGuards() {
        add(50);
        guards.maintain(NOW);
        List<PublicKey> before = guards.inUse(NOW);
        for (PublicKey guard : before) {
            sample.succeeded(guard, NOW);
        }
        for (int hour = 0; hour < 40; hour++) {
            long now = NOW + (long) hour * HOUR;
            for (PublicKey guard : before) {
                sample.failed(guard, Failure.SILENT, now);
            }
            guards.maintain(now);
        }
        assertThat(guards.stored(NOW)).extracting(Guard::key).containsAll(before);
        for (PublicKey guard : before) {
            sample.succeeded(guard, NOW + 40 * HOUR);
        }
        guards.maintain(NOW + 40 * HOUR);
        assertThat(guards.inUse(NOW + 40 * HOUR)).isEqualTo(before);
    }

    @Test
    void areTheSameAfterARestart() {
        add(50);
        Set<PublicKey> pinned = Set.of(nodes.get(3).node().staticKey());
        guards.pin(pinned);
        guards.maintain(NOW);
        List<Guard> stored = guards.stored(NOW);
        List<String> lines = stored.stream().map(Guard::toLine).toList();

        long later = NOW + 3 * DAY;
        NodeSample afresh = Population.sample(9);
        Guards restored = guards(afresh);
        restored.pin(pinned);
        restored.restore(lines.stream().map(Guard::parse).toList(), later);
        assertThat(restored.stored(later)).isEqualTo(stored);
        assertThat(restored.inUse(later)).isEqualTo(guards.inUse(NOW));
        assertThat(afresh.toBeAsked(later)).as("their M is over").hasSize(6);
        afresh.expire(later);
        assertThat(afresh.size()).isEqualTo(6);
    }

    @Test
    void aGuardsRecordStaysWhenItsPublisherTurnsAway() {
        add(50);
        guards.maintain(NOW);
        AddressedRecord guard = guards.stored(NOW).getFirst().addressed();
        PublicKey key = guard.node().staticKey();
        sample.offer(population.anywhere(TRANSIT, 12), Origin.discovery(key.toHex(), 2), NOW);
        Claim kept = sample.find(key).orElseThrow().current(NOW).orElseThrow();
        assertThat(kept.addressed()).isEqualTo(guard);
        assertThat(kept.origin().source()).isEqualTo(Source.KEPT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "guard",
                "guard 1 2 pinned proved",
                "guard x 2 pinned proved sky1:",
                "guard 1 -2 pinned proved sky1:",
                "guard 1 2 held proved sky1:",
                "guard 1 2 pinned maybe sky1:",
                "guard 1 2 pinned proved sky1:AAAA",
                "guards 1 2 pinned proved sky1:"
            })
    void aBadLineIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Guard.parse(line));
    }
}
