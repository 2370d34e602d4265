package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class EventCountersTest {
    @Test
    void countsEachKindOfEventApart() {
        EventCounters<DropReason> counters = new EventCounters<>(DropReason.class);
        DropReason[] reasons = DropReason.values();
        for (int i = 0; i < reasons.length; i++) {
            assertThat(counters.get(reasons[i])).isZero();
            counters.count(reasons[i], i);
            counters.count(reasons[i]);
        }
        for (int i = 0; i < reasons.length; i++) {
            assertThat(counters.get(reasons[i])).isEqualTo(i + 1);
        }
    }

    @Test
    void isReadByOtherThreadsWhileItCounts() throws InterruptedException {
        EventCounters<DropReason> counters = new EventCounters<>(DropReason.class);
        Thread counting = Thread.ofPlatform().start(() -> {
            for (int i = 0; i < 1_000_000; i++) {
                counters.count(DropReason.REPLAYED);
            }
        });
        long last = 0;
        while (counting.isAlive()) {
            long now = counters.get(DropReason.REPLAYED);
            assertThat(now).isGreaterThanOrEqualTo(last);
            last = now;
        }
        counting.join();
        assertThat(counters.get(DropReason.REPLAYED)).isEqualTo(1_000_000);
    }
}
