package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skyawg.datapath.sys.BootClock;

/** What is retired is given back only when every packet thread has let go of it. */
final class ReclaimerTest {
    /** Works as long as the test wants. */
    private static final class BusyWorker implements Worker {
        private final AtomicInteger cycles = new AtomicInteger();
        private volatile boolean isHeld;
        private volatile boolean isWorking;

        @Override
        public int descriptors() {
            return 0;
        }

        @Override
        public void watch(long pollFds) {
            // There is nothing to wait for but a call.
        }

        @Override
        public int doWork(long pollFds, long nowNanos) {
            isWorking = true;
            while (isHeld) {
                Thread.onSpinWait();
            }
            isWorking = false;
            cycles.incrementAndGet();
            return 0;
        }
    }

    private final Arena arena = Arena.ofShared();
    private final BusyWorker worker = new BusyWorker();
    private final Reclaimer reclaimer = new Reclaimer();
    private final List<String> released = new ArrayList<>();
    private final PacketLoop loop;
    private boolean isStopped;

    ReclaimerTest() throws IOException {
        loop = new PacketLoop("reclaimer", new BootClock(), false);
        reclaimer.watch(loop);
    }

    @BeforeEach
    void start() {
        loop.attach(List.of(worker));
    }

    @AfterEach
    void stop() {
        worker.isHeld = false;
        if (!isStopped) {
            loop.close();
        }
        arena.close();
    }

    private void holdInACycle() {
        worker.isHeld = true;
        loop.wake();
        Await.until("the worker works", () -> worker.isWorking);
    }

    @Test
    void waitsForACycleThatWasUnderWay() {
        holdInACycle();
        reclaimer.retire(() -> released.add("key"));
        for (int i = 0; i < 1000; i++) {
            assertThat(reclaimer.reclaim()).isTrue();
        }
        assertThat(released).isEmpty();
        worker.isHeld = false;
        Await.until("the cycle is over", () -> !reclaimer.reclaim());
        assertThat(released).containsExactly("key");
    }

    @Test
    void releasesAtOnceWhileTheThreadSleeps() {
        reclaimer.retire(() -> released.add("first"));
        Await.until("the thread sleeps", () -> !reclaimer.reclaim());
        int cycles = worker.cycles.get();
        reclaimer.retire(() -> released.add("second"));
        assertThat(reclaimer.reclaim()).isFalse();
        assertThat(released).containsExactly("first", "second");
        assertThat(worker.cycles).hasValue(cycles);
    }

    @Test
    void releasesInOrderAndEachOnce() {
        holdInACycle();
        for (String name : List.of("a", "b", "c")) {
            reclaimer.retire(() -> released.add(name));
        }
        worker.isHeld = false;
        Await.until("all are released", () -> !reclaimer.reclaim());
        assertThat(reclaimer.reclaim()).isFalse();
        assertThat(released).containsExactly("a", "b", "c");
    }

    @Test
    void asksNothingOfAThreadThatHasEnded() {
        loop.close();
        isStopped = true;
        reclaimer.retire(() -> released.add("key"));
        assertThat(reclaimer.reclaim()).isFalse();
        assertThat(released).containsExactly("key");
    }
}
