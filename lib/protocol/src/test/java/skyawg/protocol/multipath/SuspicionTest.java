package skyawg.protocol.multipath;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.liveness.EndToEndPulse;
import skyawg.protocol.wire.Memory;

/** Section 6: when a path is suspect, where traffic goes then, and how often something must be sent. */
final class SuspicionTest {
    private static final long MILLI = 1_000_000;
    private static final long BUSY = EndToEndPulse.BUSY_INTERVAL;

    private final Arena arena = Arena.ofConfined();
    private final long block = Memory.allocate(arena, AckBlock.LENGTH);

    @AfterEach
    void close() {
        arena.close();
    }

    @Test
    void suspectsAPathThatDoesNotAcknowledgeUserData() {
        SendPath path = measured(1, PathRole.ACTIVE, 20);
        path.onSent(1000, true, 100 * MILLI);
        path.checkSuspicion(BUSY, 100 * MILLI);
        assertThat(path.checkSuspicion(BUSY, 219 * MILLI)).isFalse();
        assertThat(path.checkSuspicion(BUSY, 220 * MILLI)).isTrue();
        assertThat(path.isSuspect()).isTrue();
        assertThat(path.checkSuspicion(BUSY, 221 * MILLI)).as("only once").isFalse();
    }

    @Test
    void waitsLongerOnALongPath() {
        // RTT 200 ms, variation 100 ms: 200 + 400 + 40.
        SendPath path = measured(1, PathRole.ACTIVE, 200);
        path.onSent(1000, true, 300 * MILLI);
        path.checkSuspicion(BUSY, 300 * MILLI);
        assertThat(path.checkSuspicion(BUSY, 939 * MILLI)).isFalse();
        assertThat(path.checkSuspicion(BUSY, 940 * MILLI)).isTrue();
    }

    @Test
    void anAdvancingBlockStartsTheTimeAnewWhileDataIsOutstanding() {
        SendPath path = measured(1, PathRole.ACTIVE, 20);
        path.onSent(1000, true, 100 * MILLI);
        path.onSent(1000, true, 110 * MILLI);
        path.checkSuspicion(BUSY, 110 * MILLI);
        acknowledge(path, 1, 2, 150);
        assertThat(path.checkSuspicion(BUSY, 269 * MILLI)).isFalse();
        assertThat(path.checkSuspicion(BUSY, 270 * MILLI)).isTrue();
    }

    @Test
    void suspectsAQuietPathAfterThreeIntervals() {
        SendPath path = measured(1, PathRole.WARM, 20);
        path.checkSuspicion(BUSY, 50 * MILLI);
        assertThat(path.checkSuspicion(BUSY, 349 * MILLI)).isFalse();
        assertThat(path.checkSuspicion(BUSY, 350 * MILLI)).isTrue();
    }

    @Test
    void countsIntervalsFromWhenTheyBecameShorter() {
        SendPath path = measured(1, PathRole.WARM, 20);
        path.checkSuspicion(EndToEndPulse.QUIET_INTERVAL, 50 * MILLI);
        assertThat(path.checkSuspicion(EndToEndPulse.QUIET_INTERVAL, 1500 * MILLI))
                .isFalse();
        assertThat(path.checkSuspicion(BUSY, 1500 * MILLI)).isFalse();
        assertThat(path.checkSuspicion(BUSY, 1799 * MILLI)).isFalse();
        assertThat(path.checkSuspicion(BUSY, 1800 * MILLI)).isTrue();
    }

    @Test
    void anAdvancingBlockRehabilitates() {
        SendPaths paths = new SendPaths();
        SendPath first = measured(1, PathRole.ACTIVE, 20);
        SendPath warm = measured(2, PathRole.WARM, 20);
        paths.add(first);
        paths.add(warm);
        assertThat(paths.candidates()).isEqualTo(0b01);
        first.onSent(1000, true, 100 * MILLI);
        paths.checkSuspicion(BUSY, 100 * MILLI);
        assertThat(paths.checkSuspicion(BUSY, 230 * MILLI)).isEqualTo(0b01);
        assertThat(paths.candidates()).as("the warm one takes over").isEqualTo(0b10);
        assertThat(paths.ackSlots(0))
                .as("reports travel on another path as well")
                .isEqualTo(0b11);
        assertThat(paths.ackSlots(1)).isEqualTo(0b10);
        AckBlock.write(block, 1, 1, 100_000, 110_000, 2, 2000, 0);
        assertThat(paths.onAck(block, 110_000, 240 * MILLI)).isEqualTo(SendPaths.NONE);
        assertThat(paths.candidates())
                .as("it was sent before: that tells nothing")
                .isEqualTo(0b10);
        first.onSent(53, false, 250 * MILLI);
        AckBlock.write(block, 1, 2, 250_000, 260_000, 3, 2053, 0);
        assertThat(paths.onAck(block, 260_000, 270 * MILLI))
                .as("whichever path it came on")
                .isEqualTo(0b01);
        assertThat(paths.candidates()).isEqualTo(0b01);
        assertThat(paths.ackSlots(0)).isEqualTo(0b01);
    }

    @Test
    void triesSuspectsWhenThereIsNothingElse() {
        SendPaths paths = new SendPaths();
        paths.add(measured(1, PathRole.ACTIVE, 20));
        paths.add(measured(2, PathRole.ACTIVE, 20));
        paths.checkSuspicion(BUSY, 50 * MILLI);
        assertThat(paths.checkSuspicion(BUSY, 400 * MILLI)).isEqualTo(0b11);
        assertThat(paths.candidates()).isEqualTo(0b11);
        paths.remove(0);
        paths.setRole(1, PathRole.RETIRED);
        assertThat(paths.candidates()).isEqualTo(SendPaths.NONE);
    }

    @Test
    void heartbeatSlowsDownWithTheTraffic() {
        Heartbeat heartbeat = new Heartbeat(0);
        assertThat(heartbeat.intervalNanos(59_000 * MILLI)).isEqualTo(EndToEndPulse.QUIET_INTERVAL);
        assertThat(heartbeat.intervalNanos(60_000 * MILLI)).isEqualTo(EndToEndPulse.IDLE_INTERVAL);
        heartbeat.onUserData(70_000 * MILLI);
        assertThat(heartbeat.intervalNanos(74_999 * MILLI)).isEqualTo(EndToEndPulse.BUSY_INTERVAL);
        assertThat(heartbeat.intervalNanos(75_000 * MILLI)).isEqualTo(EndToEndPulse.QUIET_INTERVAL);
        assertThat(heartbeat.intervalNanos(130_000 * MILLI)).isEqualTo(EndToEndPulse.IDLE_INTERVAL);
    }

    @Test
    void heartbeatIsDueOnceAnIntervalWithItsJitter() {
        SendPath path = new SendPath(1, PathRole.ACTIVE, 0);
        SeededEntropy entropy = new SeededEntropy(5);
        long shortest = Long.MAX_VALUE;
        long longest = 0;
        for (int i = 0; i < 2000; i++) {
            path.drawHeartbeat(BUSY, entropy);
            path.onSent(21, false, i * 1000L * MILLI);
            long after = path.heartbeatDueNanos(BUSY) - i * 1000L * MILLI;
            shortest = Math.min(shortest, after);
            longest = Math.max(longest, after);
        }
        assertThat(shortest).isBetween(75 * MILLI, 76 * MILLI);
        assertThat(longest).isBetween(124 * MILLI, 125 * MILLI);
    }

    /** A path whose first packet, of kind 0, was acknowledged 50 ms after the beginning. */
    private SendPath measured(int lspNumber, PathRole role, int roundTripMillis) {
        SendPath path = new SendPath(lspNumber, role, 0);
        path.onSent(53, false, (50 - roundTripMillis) * MILLI);
        AckBlock.write(block, lspNumber, 0, (50 - roundTripMillis) * 1000, 40_000, 1, 53, 0);
        assertThat(path.onAck(block, 40_000, 50 * MILLI)).isTrue();
        return path;
    }

    private void acknowledge(SendPath path, int highest, int packets, long nowMillis) {
        AckBlock.write(block, path.lspNumber(), highest, 100_000, 110_000, packets, 1053, 0);
        assertThat(path.onAck(block, 110_000 + (int) (nowMillis - 120) * 1000, nowMillis * MILLI))
                .isTrue();
    }
}
