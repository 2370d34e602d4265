package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.protocol.campaign.Campaign;

/** A live port and everything that a stranger can send to it. */
final class HostileDatagramsTest {
    private static final int DATAGRAMS = 5_000_000;
    private static final int JUNK = 1_000_000;
    /** Twenty times what a steady state needs, and little beside a leak of one object a datagram. */
    private static final long HEAP_GROWTH = 20L << 20;
    /** One second for a million, the system's part of receiving them aside: that is given, and grows with its load. */
    private static final long JUNK_NANOS_EACH = 1000;

    static List<List<String>> settings() {
        return List.of(
                List.of(), List.of("s1=24", "s2=24", "s3=24", "s4=24", "random_trailers=1", ParameterLines.HEADER_KEY));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void shapesOfAllKindsHarmNothing(List<String> parameters) throws IOException {
        long datagrams = Campaign.size("hostile datagrams at a live port " + parameters, DATAGRAMS / 2);
        try (TunnelPair pair = TunnelPair.open(parameters)) {
            List<byte[]> genuine = recordOf(pair);
            List<Thread> threads = pair.b.threads();
            long accepted = pair.b.handshakes();
            try (Flood flood = new Flood(pair.b, genuine, 20)) {
                while (flood.sent() < datagrams / 10) {
                    flood.sendOfAllShapes();
                }
                flood.await();
                long heapBefore = usedHeap();
                while (flood.sent() < datagrams) {
                    flood.sendOfAllShapes();
                }
                flood.await();
                assertThat(usedHeap() - heapBefore).isLessThan(HEAP_GROWTH);
                System.out.println("after " + flood.sent() + " hostile datagrams: " + pair.b.events());
            }
            assertThat(threads).hasSize(3).allMatch(Thread::isAlive);
            assertThat(pair.b.handshakes()).isEqualTo(accepted);
            for (DropReason reason : List.of(
                    DropReason.UNKNOWN_TYPE,
                    DropReason.UNKNOWN_INDEX,
                    DropReason.NOT_AUTHENTIC,
                    DropReason.WRONG_MAC1)) {
                assertThat(pair.b.tunnel.drops(reason)).as("%s", reason).isPositive();
            }
            for (PacketStream stream : List.of(pair.fromAToB(), pair.fromBToA())) {
                stream.sendMixture(200);
                stream.await();
            }
        }
    }

    @Test
    void junkIsDroppedByItsTypeAloneAndCostsLittle() throws IOException {
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long junk = Campaign.size("junk datagrams", JUNK);
        List<String> parameters = List.of(
                "s1=15",
                "s2=68",
                "s3=32",
                "s4=16",
                "h1=100000-800000",
                "h2=1000000-8000000",
                "h3=10000000-80000000",
                "h4=100000000-100000100");
        try (TunnelPair pair = TunnelPair.open(parameters);
                Flood flood = new Flood(pair.b, recordOf(pair), 21)) {
            Thread receiver = pair.b.threads().stream()
                    .filter(thread -> thread.getName().endsWith("receive"))
                    .findFirst()
                    .orElseThrow();
            while (flood.sent() < junk / 5) {
                flood.sendJunk();
            }
            flood.await();
            long warm = flood.sent();
            long cpu = meter.getThreadCpuTime(receiver.threadId());
            long user = meter.getThreadUserTime(receiver.threadId());
            while (flood.sent() - warm < junk) {
                flood.sendJunk();
            }
            flood.await();
            cpu = meter.getThreadCpuTime(receiver.threadId()) - cpu;
            user = meter.getThreadUserTime(receiver.threadId()) - user;
            System.out.println("junk: " + cpu / junk + " ns of CPU each, the system's receiving included; of them "
                    + user / junk + " outside the system");
            // One in some forty million reads as a message; none may get as far as a cipher.
            assertThat(pair.b.tunnel.drops(DropReason.NOT_AUTHENTIC)).isZero();
            assertThat(pair.b.tunnel.drops(DropReason.UNKNOWN_TYPE)).isGreaterThan(junk * 999 / 1000);
            assertThat(user / junk).isLessThan(JUNK_NANOS_EACH);
        }
    }

    @Test
    void aPeerSpeaksForItsOwnAddressesOnly() throws IOException {
        try (TunnelPair pair = TunnelPair.open(List.of())) {
            pair.b.apply(new Change().peer(pair.a.publicKey(), Optional.empty(), "10.0.0.1/32", "fd00::1/128"));
            PacketStream stream = pair.fromAToB();
            // Flow 0 has 10.0.0.1 and fd00::1, flow 2 the addresses that end in 3.
            stream.sendOpaque(false, 100);
            stream.sendOpaque(true, 100);
            stream.await();
            PacketStream spoofed = pair.fromAToB();
            for (int i = 0; i < 40; i++) {
                spoofed.sendUdp(i % 2 == 0, 100, 1200);
            }
            Await.until("all are dropped", () -> pair.b.tunnel.drops(DropReason.WRONG_SOURCE) == 40);
            stream.sendOpaque(false, 100);
            stream.await();
        }
    }

    /** Datagrams from a to b: handshake and data. */
    private static List<byte[]> recordOf(TunnelPair pair) throws IOException {
        ConcurrentLinkedQueue<byte[]> recorded = new ConcurrentLinkedQueue<>();
        try (Wiretap wire = new Wiretap(pair)) {
            wire.handle((isFromA, datagram) -> {
                if (isFromA) {
                    recorded.add(datagram);
                }
                wire.pass(isFromA, datagram);
            });
            PacketStream stream = pair.fromAToB();
            stream.sendMixture(100);
            stream.await();
        }
        pair.a.apply(new Change().peer(pair.b.publicKey(), Optional.of(pair.b.endpoint(pair.outer))));
        return List.copyOf(recorded);
    }

    private static long usedHeap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
