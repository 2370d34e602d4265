package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import skyawg.protocol.names.PublicKey;

final class PeerTimersTest {
    private static final long PASSIVE = 10;
    private static final long NEW_HANDSHAKE = 15;

    private int wakes;
    private final Peer peer = new Peer(PublicKey.of(new byte[PublicKey.LENGTH]), _ -> wakes++);
    private final PeerTimers timers = peer.timers();

    private void start() {
        timers.setDelays(PASSIVE, NEW_HANDSHAKE);
        timers.start(0);
        timers.schedule();
    }

    @Test
    void nothingIsArmedOnAPeerThatDoesNotRun() {
        timers.setDelays(PASSIVE, NEW_HANDSHAKE);
        timers.onDataSent(1);
        timers.onDataReceived(1);
        assertThat(timers.earliest()).isEqualTo(PeerTimers.NEVER);
        assertThat(wakes).isZero();
    }

    @Test
    void firstDeadlineWakesTheConductorOnce() {
        start();
        timers.onDataSent(1);
        timers.onDataSent(2);
        timers.onDataReceived(2);
        assertThat(wakes).isEqualTo(1);
        assertThat(timers.schedule()).isEqualTo(2 + PASSIVE);
    }

    @Test
    void laterDeadlineNeedsNoWake() {
        start();
        timers.onDataReceived(1);
        timers.schedule();
        wakes = 0;
        timers.onDataSent(1);
        assertThat(timers.newHandshake()).isEqualTo(1 + NEW_HANDSHAKE);
        assertThat(wakes).isZero();
    }

    @Test
    void earlierDeadlineWakesAgainAfterTheConductorHasLooked() {
        start();
        timers.onDataSent(1);
        assertThat(timers.schedule()).isEqualTo(1 + NEW_HANDSHAKE);
        timers.onDataReceived(2);
        assertThat(wakes).isEqualTo(2);
        assertThat(timers.schedule()).isEqualTo(2 + PASSIVE);
    }

    @Test
    void cancelledAndRearmedTimerNeedsNoWakeWhileTheConductorLooksEarlierAnyway() {
        start();
        timers.onDataReceived(1);
        timers.schedule();
        wakes = 0;
        for (long now = 2; now < 9; now++) {
            timers.onAuthenticatedSent(now);
            timers.onDataReceived(now);
        }
        assertThat(wakes).isZero();
        assertThat(timers.schedule()).isEqualTo(8 + PASSIVE);
    }

    @Test
    void sendingCancelsThePassiveKeepaliveOnly() {
        start();
        timers.onDataReceived(1);
        timers.onDataSent(1);
        timers.onAuthenticatedSent(2);
        assertThat(timers.passiveKeepalive()).isEqualTo(PeerTimers.NEVER);
        assertThat(timers.newHandshake()).isEqualTo(1 + NEW_HANDSHAKE);
    }

    @Test
    void receivingCancelsTheNewHandshakeOnly() {
        start();
        timers.onDataReceived(1);
        timers.onDataSent(1);
        timers.onAuthenticatedReceived(2);
        assertThat(timers.passiveKeepalive()).isEqualTo(1 + PASSIVE);
        assertThat(timers.newHandshake()).isEqualTo(PeerTimers.NEVER);
    }

    @Test
    void firstOfSeveralPacketsArmsTheTimer() {
        start();
        timers.onDataSent(1);
        timers.onDataSent(5);
        timers.onDataReceived(2);
        timers.onDataReceived(6);
        assertThat(timers.newHandshake()).isEqualTo(1 + NEW_HANDSHAKE);
        assertThat(timers.passiveKeepalive()).isEqualTo(2 + PASSIVE);
        assertThat(timers.takeNeedsAnotherKeepalive()).isTrue();
        assertThat(timers.takeNeedsAnotherKeepalive()).isFalse();
    }

    @Test
    void persistentKeepaliveCountsFromTheLastPacketEitherWay() {
        start();
        assertThat(timers.persistentKeepalive()).isEqualTo(PeerTimers.NEVER);
        timers.setPersistentKeepalive(25);
        timers.onAuthenticatedSent(3);
        assertThat(timers.persistentKeepalive()).isEqualTo(28);
        timers.onAuthenticatedReceived(7);
        assertThat(timers.persistentKeepalive()).isEqualTo(32);
        timers.onAuthenticatedSent(5);
        assertThat(timers.persistentKeepalive()).isEqualTo(32);
        timers.setPersistentKeepalive(0);
        assertThat(timers.persistentKeepalive()).isEqualTo(PeerTimers.NEVER);
    }

    @Test
    void stoppingForgetsEverything() {
        start();
        timers.setPersistentKeepalive(25);
        timers.onDataReceived(1);
        timers.onDataSent(1);
        timers.armRetransmit(5);
        timers.armZeroKeys(6);
        timers.stop();
        assertThat(timers.earliest()).isEqualTo(PeerTimers.NEVER);
        timers.start(100);
        assertThat(timers.earliest()).isEqualTo(125);
    }

    /**
     * A deadline armed by one thread while another schedules is either scheduled or reported: it is never overlooked.
     */
    @Test
    void noDeadlineIsOverlookedBetweenTwoThreads() throws InterruptedException {
        AtomicInteger reported = new AtomicInteger();
        Peer shared = new Peer(PublicKey.of(new byte[PublicKey.LENGTH]), _ -> reported.incrementAndGet());
        PeerTimers racing = shared.timers();
        racing.setDelays(PASSIVE, NEW_HANDSHAKE);
        for (int round = 0; round < 20_000; round++) {
            racing.start(round);
            racing.schedule();
            int before = reported.get();
            long now = round;
            Thread packets = Thread.ofVirtual().start(() -> racing.onDataSent(now));
            long scheduled = racing.schedule();
            packets.join();
            assertThat(scheduled == now + NEW_HANDSHAKE || reported.get() > before)
                    .as("round %d", round)
                    .isTrue();
            racing.stop();
            racing.schedule();
        }
    }
}
