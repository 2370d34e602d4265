package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import skyawg.datapath.tun.TestFrames;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** Packets that waited for sessions leave when the sessions are there. */
final class StagedFlushTest {
    private static final int CLIENTS = 6;
    private static final int FRAMES = 64;
    private static final int SHORTEST = 40;
    /** Lengths are padded to multiples of this: each packet is longer than the one before on the wire too. */
    private static final int STEP = 16;

    /**
     * Six peers' queues flushed in one duty cycle, every packet longer than the one before: 384 runs, where a batch for
     * the system takes 256.
     */
    @Test
    void flushesMoreRunsInOneCycleThanABatchTakes() throws IOException {
        List<TunnelEnd> clients = new ArrayList<>();
        try (TunnelEnd hub = new TunnelEnd(TunnelPair.TWO_THREADS);
                Arena arena = Arena.ofConfined()) {
            hub.apply(new Change().privateKey(hub.privateKey()));
            hub.setLink(true);
            for (int i = 0; i < CLIENTS; i++) {
                TunnelEnd client = new TunnelEnd(TunnelPair.TWO_THREADS);
                clients.add(client);
                client.apply(new Change().privateKey(client.privateKey()));
                client.setLink(true);
                hub.apply(new Change()
                        .peer(client.publicKey(), Optional.of(client.endpoint(TunnelPair.V4)), "10.1." + i + ".0/24"));
            }
            long frame = Memory.allocate(arena, TestFrames.ROOM);
            for (int i = 0; i < CLIENTS; i++) {
                for (int k = 0; k < FRAMES; k++) {
                    int length = TestFrames.putOpaque(frame, false, SHORTEST + STEP * k, new Random(k));
                    Memory.putIntBe(
                            frame + TestFrames.HEADER_LENGTH + IpHeader.V4_DESTINATION_OFFSET, 0x0a01_0001 + (i << 8));
                    assertThat(hub.tun.put(frame, length)).isTrue();
                }
            }
            Await.until("all are staged", hub.tun::isDrained);
            hub.tun.hold();
            for (TunnelEnd client : clients) {
                client.apply(new Change()
                        .peer(hub.publicKey(), Optional.of(hub.endpoint(TunnelPair.V4)))
                        .keepalive(hub.publicKey(), 25));
            }
            Await.until(
                    hub::events,
                    () -> hub.tunnel.snapshot().peers().stream().allMatch(peer -> peer.lastHandshakeSeconds() > 0));
            hub.tun.letGo();

            for (TunnelEnd client : clients) {
                for (int k = 0; k < FRAMES; k++) {
                    int[] length = new int[1];
                    Await.until(
                            "packet " + k + " of " + client.name,
                            () -> (length[0] = client.tun.take(frame, TestFrames.ROOM)) > 0);
                    assertThat(length[0]).isEqualTo(TestFrames.HEADER_LENGTH + SHORTEST + STEP * k);
                }
            }
            assertThat(hub.drops()).as(hub.events()).isZero();
            assertThat(hub.threads()).hasSize(3);
        } finally {
            clients.forEach(TunnelEnd::close);
        }
    }
}
