package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.lang.foreign.Arena;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.wire.Memory;

final class SendPathTest {
    private static final long MILLI = 1_000_000;
    /** The other end's clock shows this much more. */
    private static final int OFFSET_MICROS = 0x7fff_fff0;

    private final Arena arena = Arena.ofConfined();
    private final long block = Memory.allocate(arena, AckBlock.LENGTH);
    private final SendPath path = new SendPath(3, PathRole.ACTIVE, 0);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void takesTheHoldOutOfTheRoundTrip() {
        path.onSent(1000, true, 10 * MILLI);
        // 30 ms there, held 15 ms, 30 ms back.
        ack(0, 10_000, 40_000, 1, 1000);
        assertThat(path.onAck(block, theirs(55_000), 85 * MILLI)).isTrue();
        assertThat(path.roundTripNanos()).isEqualTo(60 * MILLI);
        assertThat(path.roundTripVariationNanos()).isEqualTo(30 * MILLI);
        assertThat(path.isMeasured()).isTrue();
    }

    @Test
    void ignoresOldBlocksAndPacketsNeverSent() {
        for (int i = 0; i < 10; i++) {
            path.onSent(1000, true, i * MILLI);
        }
        ack(10, 0, 0, 1, 1);
        assertThat(path.onAck(block, OFFSET_MICROS, 50 * MILLI)).isFalse();
        assertThat(path.isMeasured()).isFalse();
        ack(5, 5_000, 20_000, 6, 6000);
        assertThat(path.onAck(block, theirs(20_000), 50 * MILLI)).isTrue();
        assertThat(path.onAck(block, theirs(20_000), 50 * MILLI))
                .as("the same again")
                .isFalse();
        ack(4, 4_000, 19_000, 5, 5000);
        assertThat(path.onAck(block, theirs(20_000), 50 * MILLI)).isFalse();
        ack(5, 5_000, 20_000, 5, 5000);
        assertThat(path.onAck(block, theirs(20_000), 50 * MILLI)).isFalse();
        assertThat(path.inFlightBytes()).isEqualTo(4000);
    }

    @Test
    void countsWhatIsMissing() {
        for (int i = 0; i < 100; i++) {
            path.onSent(500, true, i * MILLI);
        }
        ack(49, 49_000, 60_000, 47, 47 * 500);
        path.onAck(block, theirs(60_000), 110 * MILLI);
        assertThat(path.lostCount()).isEqualTo(3);
        ack(99, 99_000, 110_000, 96, 96 * 500);
        path.onAck(block, theirs(110_000), 160 * MILLI);
        assertThat(path.lostCount()).isEqualTo(4);
        assertThat(path.ackedBytes()).isEqualTo(96 * 500);
        assertThat(path.inFlightBytes()).isZero();
    }

    @Test
    void keepsASequencePerPacket() {
        assertThat(path.onSent(100, true, 0)).isZero();
        assertThat(path.onSent(100, false, 0)).isEqualTo(1);
        assertThat(path.sentPackets()).isEqualTo(2);
        assertThat(path.isWornOut()).isFalse();
    }

    /** 40 Mbit/s through a queue that never empties, seen only through blocks. */
    @Test
    void learnsTheRateOfAFullPath() {
        long leaves = 0;
        int sent = 0;
        for (int received = 0; received < 2000; received++) {
            while (sent < received + 300) {
                path.onSent(1000, true, Math.max(0, leaves - 50 * MILLI));
                sent++;
            }
            leaves += 200_000;
            if (received % 32 == 31) {
                long sentAt = Math.max(0, (received - 300) * 200_000L);
                ack(
                        received,
                        (int) (sentAt / 1000),
                        (int) ((leaves + 20 * MILLI) / 1000),
                        received + 1,
                        (received + 1) * 1000);
                path.onAck(block, theirs((int) ((leaves + 20 * MILLI) / 1000)), leaves + 40 * MILLI);
            }
        }
        assertThat(path.deliveredBytesPerSecond()).isCloseTo(5_000_000, within(50_000L));
        assertThat(path.capacityBytesPerSecond()).isCloseTo(5_000_000, within(50_000L));
        assertThat(path.inFlightBytes()).isBetween(290_000L, 340_000L);
    }

    @Test
    void interpolatesSentBytes() {
        SentBytes sent = new SentBytes();
        long[] through = new long[20_000];
        long total = 0;
        for (int i = 0; i < through.length; i++) {
            int length = 64 + i * 7919 % 1300;
            sent.add(length);
            total += length;
            through[i] = total;
            for (int back = 0; back <= 8000 && back <= i; back += 37) {
                int at = i - back;
                assertThat(sent.covers(at)).isTrue();
                assertThat((double) sent.through(at)).isCloseTo((double) through[at], within(16 * 1400.0));
            }
        }
        assertThat(sent.through(19_999)).isEqualTo((int) total);
        assertThat(sent.through(19_983)).isEqualTo((int) through[19_983]);
        assertThat(sent.covers(20_000)).isFalse();
        assertThat(sent.covers(10_000)).isFalse();
    }

    /** Whatever a peer may send: no exception, no absurd figure. */
    @Property(tries = 2000)
    void anyBlockIsHarmless(
            @ForAll @Size(AckBlock.LENGTH) byte[] bytes, @ForAll int blockSent, @ForAll boolean isNear) {
        SendPath mine = new SendPath(1, PathRole.ACTIVE, 0);
        for (int i = 0; i < 300; i++) {
            mine.onSent(1000, true, i * MILLI);
        }
        try (Arena own = Arena.ofConfined()) {
            long at = Memory.allocate(own, AckBlock.LENGTH);
            Memory.copy(bytes, 0, at, bytes.length);
            if (isNear) {
                Memory.putIntBe(at + 4, (AckBlock.highest(at) & 0xff) + 20);
            }
            mine.onAck(at, blockSent, 400 * MILLI);
            mine.onSent(1000, true, 401 * MILLI);
        }
        assertThat(mine.roundTripNanos()).isBetween(0L, RoundTrip.MAX_NANOS);
        assertThat(mine.queueNanos(1000, 402 * MILLI)).isGreaterThanOrEqualTo(0);
        assertThat(mine.capacityBytesPerSecond()).isGreaterThan(0);
        assertThat(mine.windowBytes()).isGreaterThan(0);
        assertThat(mine.inFlightBytes()).isBetween(0L, 301_000L);
    }

    private void ack(int highest, int sentMicros, int receivedMicros, int packets, int bytes) {
        AckBlock.write(block, 3, highest, sentMicros, theirs(receivedMicros), packets, bytes, 0);
    }

    /** What the other end's clock shows, wrapping. */
    private static int theirs(int micros) {
        return micros + OFFSET_MICROS;
    }
}
