package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import skyawg.protocol.wire.Memory;

final class LatestBlockTest {
    @Test
    void givesEachBlockOnceAndOnlyTheNewest() {
        try (Arena arena = Arena.ofConfined()) {
            long block = Memory.allocate(arena, AckBlock.LENGTH);
            LatestBlock latest = new LatestBlock();
            assertThat(latest.take(block)).isFalse();
            AckBlock.write(block, 1, 2, 3, 4, 5, 6, 7);
            latest.put(block, 8, 9);
            AckBlock.write(block, 1, 3, 3, 4, 6, 6, 7);
            latest.put(block, -10, 11);
            Memory.fill(block, AckBlock.LENGTH, 0);
            assertThat(latest.take(block)).isTrue();
            assertThat(AckBlock.highest(block)).isEqualTo(3);
            assertThat(AckBlock.bitmap(block)).isEqualTo(7);
            assertThat(latest.blockSentMicros()).isEqualTo(-10);
            assertThat(latest.whenNanos()).isEqualTo(11);
            assertThat(latest.take(block)).isFalse();
        }
    }

    /** A block whose fields belong to different writes is never seen. */
    @Test
    void isNeverTornBetweenThreads() throws InterruptedException, ExecutionException {
        int rounds = 300_000;
        LatestBlock latest = new LatestBlock();
        try (ExecutorService writer = Executors.newSingleThreadExecutor();
                Arena arena = Arena.ofShared()) {
            long written = Memory.allocate(arena, AckBlock.LENGTH);
            Future<?> writing = writer.submit(() -> {
                for (int i = 1; i <= rounds; i++) {
                    AckBlock.write(written, i & 0xffff, i, i, i, i, i, i);
                    latest.put(written, i, i);
                }
            });
            long read = Memory.allocate(arena, AckBlock.LENGTH);
            int last = 0;
            int taken = 0;
            while (last < rounds) {
                if (latest.take(read)) {
                    int i = AckBlock.highest(read);
                    assertThat(i).isGreaterThan(last);
                    boolean isWhole = AckBlock.lspNumber(read) == (i & 0xffff)
                            && AckBlock.sentMicros(read) == i
                            && AckBlock.receivedMicros(read) == i
                            && AckBlock.packets(read) == i
                            && AckBlock.bytes(read) == i
                            && AckBlock.bitmap(read) == i
                            && latest.blockSentMicros() == i
                            && latest.whenNanos() == i;
                    assertThat(isWhole).isTrue();
                    last = i;
                    taken++;
                }
            }
            writing.get();
            assertThat(taken).isPositive();
        }
    }
}
