package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.Aeads;

/** Interfaces come to a thread that others use, and leave it. */
final class PacketLoopsTest {
    private static final int PACKETS = 200;

    private final TunnelOptions together = new TunnelOptions(PacketLoops.together(false), true, Aeads.best());

    @Test
    void interfacesShareAThread() throws IOException {
        try (TunnelPair one = open();
                TunnelPair two = open()) {
            assertThat(threads()).containsExactly("packets 0");
            carry(one);
            carry(two);
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void oneThatLeavesHoldsUpNobody() throws IOException {
        try (TunnelPair stays = open()) {
            for (int i = 0; i < 5; i++) {
                PacketStream stream;
                try (TunnelPair leaves = open()) {
                    carry(leaves);
                    stream = stays.fromAToB();
                    stream.sendMixture(PACKETS);
                }
                stream.await();
                carry(stays);
            }
            assertThat(stays.a.drops() + stays.b.drops()).as(stays.events()).isZero();
        }
    }

    @Test
    void aWorkersFaultIsNotTheOthers() throws IOException {
        PacketLoops threads = PacketLoops.together(false);
        AtomicInteger faults = new AtomicInteger();
        Worker faulty = new Worker() {
            @Override
            public int descriptors() {
                return 0;
            }

            @Override
            public void watch(long pollFds) {
                // it waits for nothing
            }

            @Override
            public int doWork(long pollFds, long nowNanos) {
                faults.incrementAndGet();
                throw new IllegalStateException("a fault made by a test");
            }
        };
        try (TunnelPair pair =
                TunnelPair.open(new TunnelOptions(threads, true, Aeads.best()), TunnelPair.V4, List.of())) {
            PacketLoop loop = threads.take("faulty", true).getFirst();
            loop.attach(List.of(faulty));
            carry(pair);
            assertThat(faults.get()).isPositive();
            threads.release(List.of(loop), faulty, faulty);
        }
        assertThat(threads()).isEmpty();
    }

    @Test
    void oneThreadHasEightInterfaces() throws IOException {
        List<TunnelPair> pairs = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                pairs.add(open());
            }
            assertThat(threads()).containsExactlyInAnyOrder("packets 0", "packets 1");
            for (TunnelPair pair : pairs) {
                carry(pair);
            }
        } finally {
            for (TunnelPair pair : pairs) {
                pair.close();
            }
        }
        assertThat(threads()).isEmpty();
    }

    private TunnelPair open() throws IOException {
        return TunnelPair.open(together, TunnelPair.V4, List.of());
    }

    private static void carry(TunnelPair pair) throws IOException {
        for (PacketStream stream : List.of(pair.fromAToB(), pair.fromBToA())) {
            stream.sendMixture(PACKETS);
            stream.await();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("packets "))
                .toList();
    }
}
