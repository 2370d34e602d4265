package skyawg.protocol.mpls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.crypto.SystemEntropy;

final class LabelSpaceTest {
    private static final long SECOND = 1_000_000_000L;

    private final LabelSpace<String, String> space = new LabelSpace<>();

    private static Nhlfe<String, String> entry() {
        return Nhlfe.manual("a", 0x80000, 0);
    }

    /** 100 000 labels: all different, in range, and each sixteenth of the range as often as the others. */
    @Test
    void drawsUniformlyFromTheRange() {
        Entropy entropy = new SystemEntropy();
        int draws = 100_000;
        int parts = 16;
        Set<Integer> seen = new HashSet<>();
        int[] counts = new int[parts];
        for (int i = 0; i < draws; i++) {
            int label = space.bind(entry(), entropy, 0);
            assertThat(label).isBetween(LabelStackEntry.MIN_DRAWN_LABEL, LabelStackEntry.MAX_LABEL);
            assertThat(seen.add(label)).isTrue();
            counts[(int) ((label - LabelStackEntry.MIN_DRAWN_LABEL) * (long) parts / 589_568)]++;
        }
        double sum = 0;
        for (int count : counts) {
            sum += (count - draws / 16.0) * (count - draws / 16.0) / (draws / 16.0);
        }
        // 15 degrees of freedom: mean 15, deviation 5.5, less since no label comes twice. Eight deviations never
        // happen.
        assertThat(sum).isCloseTo(15, within(8 * 5.5));
    }

    /** A generator that can only give a few labels meets each that is bound or rests, and takes none of them. */
    @Test
    void releasedLabelRestsForAMinute() {
        FewLabels few = new FewLabels(3);
        int first = space.bind(entry(), few, 0);
        space.bind(entry(), few, 0);
        space.release(first, 10 * SECOND);
        assertThat(space.lookup(first)).isNull();
        assertThat(space.bind(entry(), few, 69 * SECOND)).isNotEqualTo(first);
        assertThat(space.resting()).isEqualTo(1);
        assertThat(space.bind(entry(), few, 70 * SECOND)).isEqualTo(first);
        assertThat(space.resting()).isZero();
        assertThat(space.size()).isEqualTo(3);
    }

    @Test
    void manualLabelIsOneOfItsRangeThatNobodyHas() {
        Nhlfe<String, String> entry = entry();
        int first = LabelStackEntry.MIN_LABEL;
        assertThat(space.bindManually(first, entry)).isTrue();
        assertThat(space.lookup(first)).isSameAs(entry);
        assertThat(entry.inLabel()).isEqualTo(first);
        assertThat(space.bindManually(first, entry())).as("bound").isFalse();
        assertThat(space.bindManually(first - 1, entry())).isFalse();
        assertThat(space.bindManually(LabelStackEntry.MAX_STATIC_LABEL, entry()))
                .isTrue();
        assertThat(space.bindManually(LabelStackEntry.MIN_DRAWN_LABEL, entry()))
                .as("drawn")
                .isFalse();
        assertThat(space.size()).isEqualTo(2);
        assertThat(space.drawn()).isZero();
        space.release(first, 0);
        assertThat(space.resting()).isZero();
        assertThat(space.bindManually(first, entry())).as("again, at once").isTrue();
    }

    @Test
    void releasingWhatIsNotBoundIsHarmless() {
        space.release(0x80000, 0);
        assertThat(space.resting()).isZero();
        int label = space.bind(entry(), new SeededEntropy(1), 0);
        space.release(label, 0);
        space.release(label, 0);
        assertThat(space.resting()).isEqualTo(1);
        assertThat(space.size()).isZero();
    }

    /** Against a map and a list of releases, over random operations and times. */
    @Test
    void behavesAsAMapWithRest() {
        Campaign.run("label space schedules", 200, seed -> {
            SeededEntropy random = new SeededEntropy(seed);
            LabelSpace<String, String> tested = new LabelSpace<>();
            Map<Integer, Nhlfe<String, String>> bound = new HashMap<>();
            Map<Integer, Long> released = new HashMap<>();
            Entropy few = new FewLabels(64, seed);
            long now = 0;
            for (int step = 0; step < 500; step++) {
                now += random.uniform(0, 3 * SECOND);
                long time = now;
                released.values().removeIf(at -> time - at >= LabelSpace.REST_TIME);
                if (random.uniform(0, 1) == 0 && bound.size() + released.size() < 60) {
                    Nhlfe<String, String> entry = entry();
                    int label = tested.bind(entry, few, now);
                    assertThat(released).doesNotContainKey(label);
                    assertThat(bound.put(label, entry)).isNull();
                } else if (!bound.isEmpty()) {
                    int label = bound.keySet().iterator().next();
                    bound.remove(label);
                    released.put(label, now);
                    tested.release(label, now);
                }
                for (int i = 0; i < 64; i++) {
                    int label = LabelStackEntry.MIN_DRAWN_LABEL + i;
                    assertThat(tested.lookup(label)).isSameAs(bound.get(label));
                }
                assertThat(tested.size()).isEqualTo(bound.size());
            }
        });
    }

    /** A reader never misses a label that stays bound, and never gets another label's entry. */
    @Test
    void readerSeesEveryLastingLabelWhileTheTableChanges() throws InterruptedException {
        SeededEntropy entropy = new SeededEntropy(2);
        List<Nhlfe<String, String>> lasting = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Nhlfe<String, String> entry = entry();
            space.bind(entry, entropy, 0);
            lasting.add(entry);
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicLong wrong = new AtomicLong();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                for (Nhlfe<String, String> entry : lasting) {
                    if (space.lookup(entry.inLabel()) != entry) {
                        wrong.incrementAndGet();
                    }
                }
            }
        });
        // Random labels, bound or not: what is found must be theirs.
        Thread prober = new Thread(() -> {
            SeededEntropy random = new SeededEntropy(3);
            while (!done.get()) {
                int label =
                        (int) random.uniform(LabelStackEntry.MIN_DRAWN_LABEL, LabelStackEntry.MIN_DRAWN_LABEL + 8191);
                Nhlfe<String, String> entry = space.lookup(label);
                if (entry != null && entry.inLabel() != label) {
                    wrong.incrementAndGet();
                }
            }
        });
        reader.start();
        prober.start();
        Entropy few = new FewLabels(8192, 4);
        for (int round = 1; round <= 300; round++) {
            List<Integer> passing = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                passing.add(space.bind(entry(), few, SECOND * 60 * round));
            }
            for (int label : passing) {
                space.release(label, SECOND * 60 * round);
            }
        }
        done.set(true);
        reader.join();
        prober.join();
        assertThat(wrong).hasValue(0);
        assertThat(space.size()).isEqualTo(lasting.size());
    }

    /** Draws from the first so many labels only. */
    private static final class FewLabels implements Entropy {
        private final SeededEntropy random;
        private final int labels;

        private FewLabels(int labels) {
            this(labels, 0);
        }

        private FewLabels(int labels, long seed) {
            this.labels = labels;
            this.random = new SeededEntropy(seed);
        }

        @Override
        public long uniform(long low, long high) {
            return low + random.uniform(0, labels - 1);
        }

        @Override
        public long nextLong() {
            return random.nextLong();
        }

        @Override
        public void fill(long address, int length) {
            random.fill(address, length);
        }

        @Override
        public void fill(byte[] bytes) {
            random.fill(bytes);
        }
    }
}
