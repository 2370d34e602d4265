package skyawg.protocol.noise;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.PublicKey;

final class TimerQueueTest {
    private static final int PEERS = 200;

    private final TimerQueue queue = new TimerQueue();
    private final List<Peer> peers = new ArrayList<>();
    private final SeededEntropy random = new SeededEntropy(6);

    TimerQueueTest() {
        for (int i = 0; i < PEERS; i++) {
            Peer peer = new Peer(PublicKey.of(new byte[PublicKey.LENGTH]), _ -> {});
            peer.timers().start(0);
            peers.add(peer);
        }
    }

    @Test
    void emptyQueueIsNeverDue() {
        assertThat(queue.nextDeadline()).isEqualTo(PeerTimers.NEVER);
        queue.update(peers.getFirst());
        assertThat(queue.size()).isZero();
    }

    /** The queue against a search through all peers, while deadlines come, move and go. */
    @Test
    void firstIsAlwaysTheOneThatIsDueFirst() {
        for (int i = 0; i < 100_000; i++) {
            Peer peer = peers.get((int) random.uniform(0, PEERS - 1));
            switch ((int) random.uniform(0, 3)) {
                case 0 -> peer.timers().armRetransmit(random.uniform(1, 1_000_000));
                case 1 -> peer.timers().armZeroKeys(random.uniform(1, 1_000_000));
                case 2 -> peer.timers().cancelRetransmit();
                default -> peer.timers().cancelZeroKeys();
            }
            if (random.uniform(0, 9) == 0) {
                queue.remove(peer);
                assertThat(peer.queuePosition).isEqualTo(-1);
                peer.timers().cancelRetransmit();
                peer.timers().cancelZeroKeys();
            }
            queue.update(peer);
            long earliest = PeerTimers.NEVER;
            int armed = 0;
            for (Peer one : peers) {
                long deadline = one.timers().earliest();
                earliest = Math.min(earliest, deadline);
                armed += deadline == PeerTimers.NEVER ? 0 : 1;
            }
            assertThat(queue.nextDeadline()).isEqualTo(earliest);
            assertThat(queue.size()).isEqualTo(armed);
            if (armed > 0) {
                assertThat(queue.first().timers().earliest()).isEqualTo(earliest);
            }
        }
    }
}
