package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.vectors.Vectors;
import tools.jackson.databind.JsonNode;

final class ReplayWindowTest {
    private final ReplayWindow window = new ReplayWindow();

    @Test
    void decidesAsRecorded() {
        JsonNode recorded = Vectors.own("awg/replay.json");
        assertThat(Long.parseUnsignedLong(recorded.get("limit").asString())).isEqualTo(Constants.REJECT_AFTER_MESSAGES);
        int ran = 0;
        for (JsonNode testCase : recorded.get("cases")) {
            ReplayWindow fresh = new ReplayWindow();
            for (JsonNode step : testCase.get("steps")) {
                long counter = step.get(0).bigIntegerValue().longValue();
                boolean expected = step.get(1).booleanValue();
                String where = testCase.get("name").asString() + " at " + Long.toUnsignedString(counter);
                assertThat(fresh.check(counter)).as(where).isEqualTo(expected);
                assertThat(fresh.accept(counter)).as(where).isEqualTo(expected);
                ran++;
            }
        }
        assertThat(ran).isEqualTo(9 + 17 + 11 + 8 + 600);
    }

    @Test
    void acceptsCounterAtTheWindowsFarEnd() {
        assertThat(window.accept(10_000)).isTrue();
        assertThat(window.accept(10_000 - ReplayWindow.SIZE)).isTrue();
        assertThat(window.accept(10_000 - ReplayWindow.SIZE)).isFalse();
    }

    @Test
    void rejectsCounterOlderThanWindow() {
        assertThat(window.accept(10_000)).isTrue();
        assertThat(window.check(10_000 - ReplayWindow.SIZE - 1)).isFalse();
        assertThat(window.accept(10_000 - ReplayWindow.SIZE - 1)).isFalse();
    }

    @Test
    void rejectsCounterAtTheMessageLimit() {
        assertThat(window.accept(Constants.REJECT_AFTER_MESSAGES)).isFalse();
        assertThat(window.accept(-1)).isFalse();
        assertThat(window.accept(Constants.REJECT_AFTER_MESSAGES - 1)).isTrue();
    }

    @Test
    void checkingChangesNothing() {
        assertThat(window.check(5)).isTrue();
        assertThat(window.check(5)).isTrue();
        assertThat(window.accept(5)).isTrue();
        assertThat(window.check(5)).isFalse();
    }

    /** C9: the window against a set of everything that was ever accepted. */
    @Test
    void agreesWithASetOfAllAcceptedCounters() {
        int counters = (int) Campaign.size("C9 replay window", 1_000_000);
        long seed = 0xc9;
        SeededEntropy random = new SeededEntropy(seed);
        TreeSet<Long> accepted = new TreeSet<>();
        long newest = 0;
        int acceptances = 0;
        for (int i = 0; i < counters; i++) {
            long counter = draw(random, newest);
            boolean expected = newest - counter <= ReplayWindow.SIZE && !accepted.contains(counter);
            if (window.check(counter) != expected || window.accept(counter) != expected) {
                assertThat(expected)
                        .as("counter %d, number %d of seed %d", counter, i, seed)
                        .isEqualTo(!expected);
            }
            if (expected) {
                acceptances++;
                accepted.add(counter);
                newest = Math.max(newest, counter);
                if (accepted.size() > 4 * ReplayWindow.SIZE) {
                    accepted.headSet(newest - ReplayWindow.SIZE).clear();
                }
            }
        }
        assertThat(acceptances).isBetween(counters / 4, counters - counters / 20);
    }

    /** Mostly a little ahead or a little late, sometimes far, and around the window's end. */
    private static long draw(SeededEntropy random, long newest) {
        long kind = random.uniform(0, 99);
        long counter;
        if (kind < 40) {
            counter = newest + random.uniform(1, 3);
        } else if (kind < 80) {
            counter = newest - random.uniform(0, 200);
        } else if (kind < 90) {
            counter = newest - random.uniform(0, 2 * ReplayWindow.SIZE);
        } else if (kind < 98) {
            counter = newest - ReplayWindow.SIZE + random.uniform(-70, 70);
        } else {
            counter = newest + random.uniform(1, 3 * ReplayWindow.SIZE);
        }
        return Math.max(0, counter);
    }
}
