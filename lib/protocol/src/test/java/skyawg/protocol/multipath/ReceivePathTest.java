package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.liveness.EndToEndPulse;
import skyawg.protocol.wire.Memory;

final class ReceivePathTest {
    private static final long MILLI = 1_000_000;
    private static final long INTERVAL = EndToEndPulse.BUSY_INTERVAL;

    private final Arena arena = Arena.ofConfined();
    private final long block = Memory.allocate(arena, AckBlock.LENGTH);
    private final ReceivePath path = new ReceivePath(513);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void owesABlockTwentyMillisecondsAfterTheFirstUnreportedPacket() {
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(Long.MAX_VALUE);
        receive(0, false, 100 * MILLI);
        receive(1, false, 110 * MILLI);
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(120 * MILLI);
        path.writeBlock(block);
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void owesABlockAtOnceAfterSixtyFourPackets() {
        for (int i = 0; i < 63; i++) {
            receive(i, false, 5 * MILLI);
        }
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(25 * MILLI);
        receive(63, false, 5 * MILLI);
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(5 * MILLI);
    }

    @Test
    void answersCoverNoEarlierThanAHeartbeatLater() {
        for (int i = 0; i < 100; i++) {
            receive(i, true, i * MILLI);
        }
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(INTERVAL);
        assertThat(path.isAckWelcome(99 * MILLI)).isFalse();
        path.writeBlock(block);
        assertThat(AckBlock.packets(block)).isEqualTo(100);
        assertThat(path.ackDueNanos(INTERVAL)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void letsABlockRideEarlierThanItIsOwed() {
        receive(0, false, 0);
        assertThat(path.isAckWelcome(4 * MILLI)).isFalse();
        assertThat(path.isAckWelcome(5 * MILLI)).isTrue();
        for (int i = 1; i < 16; i++) {
            receive(i, false, 0);
        }
        assertThat(path.isAckWelcome(0)).isTrue();
    }

    @Test
    void reportsTheNewestPacketByBothClocks() {
        path.onReceived(7, 1_000_000, 100, false, 5_000_000_000L);
        path.onReceived(9, 1_000_200, 50, false, 5_000_300_999L);
        path.onReceived(8, 1_000_100, 25, false, 5_000_400_000L);
        path.writeBlock(block);
        assertThat(AckBlock.lspNumber(block)).isEqualTo(513);
        assertThat(AckBlock.highest(block)).isEqualTo(9);
        assertThat(AckBlock.sentMicros(block)).isEqualTo(1_000_200);
        assertThat(AckBlock.receivedMicros(block)).isEqualTo(5_000_300);
        assertThat(AckBlock.packets(block)).isEqualTo(3);
        assertThat(AckBlock.bytes(block)).isEqualTo(175);
        // 8 and 7 came: the two highest bits.
        assertThat(AckBlock.bitmap(block)).isEqualTo(0b11L << 62);
    }

    /** Against a set of what came, over jumps, reordering and the wrap of the sequence. */
    @Property(tries = 500)
    void bitmapSaysWhatCame(@ForAll long seed) {
        Random random = new Random(seed);
        ReceivePath mine = new ReceivePath(1);
        Set<Integer> came = new HashSet<>();
        int highest = random.nextBoolean() ? -random.nextInt(200) : random.nextInt();
        mine.onReceived(highest, 0, 1, false, 0);
        came.add(highest);
        int extra = 0;
        for (int i = 0; i < 300; i++) {
            int step = random.nextInt(20) == 0 ? random.nextInt(300) : random.nextInt(12) - 6;
            int sequence = highest + step;
            if (came.add(sequence)) {
                mine.onReceived(sequence, 0, 1, false, 0);
                highest = step > 0 ? sequence : highest;
                extra++;
            }
        }
        try (Arena own = Arena.ofConfined()) {
            long at = Memory.allocate(own, AckBlock.LENGTH);
            mine.writeBlock(at);
            assertThat(AckBlock.highest(at)).isEqualTo(highest);
            assertThat(AckBlock.packets(at)).isEqualTo(1 + extra);
            for (int k = 0; k < 64; k++) {
                boolean isSet = (AckBlock.bitmap(at) >>> (63 - k) & 1) != 0;
                assertThat(isSet).as("%d before %d", k + 1, highest).isEqualTo(came.contains(highest - 1 - k));
            }
        }
    }

    private void receive(int sequence, boolean isCover, long now) {
        path.onReceived(sequence, 0, 100, isCover, now);
    }
}
