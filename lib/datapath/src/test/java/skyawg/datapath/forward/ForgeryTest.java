package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skyawg.datapath.tun.TestFrames;
import skyawg.protocol.campaign.Campaign;
import skyawg.protocol.wire.Memory;

/** Datagrams of a real session, replayed, forged, or in disorder, at a live socket. */
final class ForgeryTest {
    private static final int INITIATION_LENGTH = 148;
    private static final int MAC2_OFFSET = 132;
    /** So many that the receiver keeps up. */
    private static final int UNDER_WAY = 500;

    /** Sends to b and waits for it from time to time, so that its socket loses none. */
    private static final class Attacker {
        private final TunnelPair pair;
        private final Wiretap wire;
        private final long handledBefore;
        private long sent;

        Attacker(TunnelPair pair, Wiretap wire) {
            this.pair = pair;
            this.wire = wire;
            handledBefore = Flood.handled(pair.b.tunnel);
        }

        void send(byte[] datagram) throws IOException {
            wire.toB(datagram);
            sent++;
            if (sent % UNDER_WAY == 0) {
                await();
            }
        }

        void await() {
            Await.until(
                    () -> sent + " datagrams handled: " + pair.b.events(),
                    () -> Flood.handled(pair.b.tunnel) - handledBefore >= sent);
        }
    }

    @Test
    void acceptsNoReplay() throws IOException {
        long replays = Campaign.size("replayed transport messages", 50_000);
        ConcurrentLinkedQueue<byte[]> recorded = new ConcurrentLinkedQueue<>();
        try (TunnelPair pair = TunnelPair.open(List.of());
                Wiretap wire = new Wiretap(pair)) {
            wire.handle((isFromA, datagram) -> {
                if (isFromA) {
                    recorded.add(datagram);
                }
                wire.pass(isFromA, datagram);
            });
            PacketStream stream = pair.fromAToB();
            stream.sendMixture(300);
            stream.await();
            wire.handle(wire::pass);
            List<byte[]> transport =
                    recorded.stream().filter(datagram -> datagram[0] == 4).toList();
            List<byte[]> initiations =
                    recorded.stream().filter(datagram -> datagram[0] == 1).toList();
            assertThat(initiations).isNotEmpty();

            Attacker attacker = new Attacker(pair, wire);
            long accepted = pair.b.handshakes();
            long replayedBefore = pair.b.tunnel.drops(DropReason.REPLAYED);
            for (long i = 0; i < replays; i++) {
                attacker.send(transport.get((int) (i % transport.size())));
                if (i % 100 == 0) {
                    attacker.send(initiations.get((int) (i / 100 % initiations.size())));
                }
            }
            attacker.await();
            assertThat(pair.b.tunnel.drops(DropReason.REPLAYED) - replayedBefore)
                    .isEqualTo(replays);
            assertThat(pair.b.handshakes()).isEqualTo(accepted);
            assertNothingArrived(pair.b);
            stream.sendMixture(50);
            stream.await();
        }
    }

    @Test
    void acceptsNoForgeryOfOneBit() throws IOException {
        long forgeries = Campaign.size("one-bit forgeries of transport messages", 50_000);
        ConcurrentLinkedQueue<byte[]> withheld = new ConcurrentLinkedQueue<>();
        try (TunnelPair pair = TunnelPair.open(List.of());
                Wiretap wire = new Wiretap(pair)) {
            PacketStream stream = pair.fromAToB();
            stream.sendOpaque(false, 100);
            stream.await();
            wire.handle((isFromA, datagram) -> {
                if (isFromA) {
                    withheld.add(datagram);
                }
            });
            // These are seen by b only in forged form, until each comes as it is.
            int made = 0;
            Attacker attacker = new Attacker(pair, wire);
            while (made < forgeries) {
                stream.sendOpaque(made % 2 == 0, 40 + made % 300);
                Await.until("the wire has it", () -> !withheld.isEmpty());
                byte[] original = withheld.remove();
                for (int bit = 0; bit < original.length * Byte.SIZE && made < forgeries; bit++) {
                    byte[] forged = original.clone();
                    forged[bit >>> 3] ^= (byte) (1 << (bit & 7));
                    attacker.send(forged);
                    made++;
                }
                attacker.await();
                assertNothingArrived(pair.b);
                wire.toB(original);
                stream.await();
            }
        }
    }

    @Test
    void acceptsNoForgedInitiation() throws IOException {
        ConcurrentLinkedQueue<byte[]> withheld = new ConcurrentLinkedQueue<>();
        try (TunnelPair pair = TunnelPair.open(List.of());
                Wiretap wire = new Wiretap(pair)) {
            wire.handle((isFromA, datagram) -> withheld.add(datagram));
            NumberedFlow flow = new NumberedFlow(pair.a, pair.b);
            Await.until("an initiation", () -> !withheld.isEmpty());
            byte[] initiation = withheld.remove();
            assertThat(initiation).hasSize(INITIATION_LENGTH);
            Attacker attacker = new Attacker(pair, wire);
            // mac2 counts under load only.
            for (int bit = 0; bit < MAC2_OFFSET * Byte.SIZE; bit++) {
                byte[] forged = initiation.clone();
                forged[bit >>> 3] ^= (byte) (1 << (bit & 7));
                attacker.send(forged);
            }
            attacker.await();
            assertThat(pair.b.handshakes()).as(pair.b.events()).isZero();
            wire.handle(wire::pass);
            wire.toB(initiation);
            flow.awaitMore(20);
            flow.close();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void deliversOnceAndUnchangedWhatComesLateTwiceOrCorrupt(long seed) throws IOException {
        Random random = new Random(seed);
        AtomicInteger corrupted = new AtomicInteger();
        AtomicBoolean impairs = new AtomicBoolean();
        ConcurrentLinkedQueue<byte[]> late = new ConcurrentLinkedQueue<>();
        try (TunnelPair pair = TunnelPair.open(List.of());
                Wiretap wire = new Wiretap(pair)) {
            wire.handle((isFromA, datagram) -> {
                if (!isFromA || !impairs.get() || datagram[0] != 4) {
                    wire.pass(isFromA, datagram);
                    return;
                }
                if (random.nextInt(100) < 5) {
                    int bit = random.nextInt(datagram.length * Byte.SIZE);
                    datagram[bit >>> 3] ^= (byte) (1 << (bit & 7));
                    corrupted.incrementAndGet();
                }
                if (random.nextInt(100) < 30) {
                    wire.toB(datagram);
                }
                if (random.nextInt(100) < 30) {
                    late.add(datagram);
                } else {
                    wire.toB(datagram);
                }
                while (late.size() > 200 || (!late.isEmpty() && random.nextInt(4) == 0)) {
                    wire.toB(late.remove());
                }
            });
            NumberedFlow flow = new NumberedFlow(pair.a, pair.b);
            flow.awaitMore(20);
            impairs.set(true);
            flow.awaitMore(5000);
            impairs.set(false);
            for (byte[] datagram = late.poll(); datagram != null; datagram = late.poll()) {
                wire.toB(datagram);
            }
            int lost = flow.stop();
            assertThat(flow.duplicates()).isZero();
            assertThat(flow.corrupt()).isZero();
            assertThat(lost).as("lost, where %s were corrupted", corrupted).isLessThanOrEqualTo(corrupted.get());
            assertThat(pair.b.tunnel.drops(DropReason.REPLAYED)).isPositive();
        }
    }

    private static void assertNothingArrived(TunnelEnd end) {
        try (Arena arena = Arena.ofConfined()) {
            long frame = Memory.allocate(arena, TestFrames.ROOM);
            assertThat(end.tun.take(frame, TestFrames.ROOM))
                    .as("length of an arrived packet")
                    .isZero();
        }
    }
}
