package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skyawg.datapath.tun.TestFrames;
import skyawg.protocol.wire.Memory;

/** The packet threads allocate nothing for a packet. */
final class AllocationTest {
    private static final int PACKETS = 100_000;
    /** On a busy machine compiled code may come late: the rounds before it count for nothing. */
    private static final int ROUNDS = 5;

    private static final int WARM_UP = 60_000;
    private static final int SEGMENT = 1200;
    private static final int SEGMENTS = 10;
    private static final int TCP_HEADERS = 52;
    private static final long PAUSE_NANOS = 30_000L;
    private static final long DEADLINE_NANOS = 60_000_000_000L;
    /** A compilation that ends meanwhile may cost a few objects; one object a packet would be 1.6 MB and more. */
    private static final long STRAY_BYTES = 8000;

    static Stream<Arguments> settings() {
        return Stream.of(
                Arguments.of("plain", List.of()),
                Arguments.of(
                        "header protection", List.of("s1=12", "s2=20", "s3=31", "s4=13", ParameterLines.HEADER_KEY)),
                Arguments.of(
                        "trailers",
                        List.of("s1=24", "s2=24", "s3=24", "s4=24", "random_trailers=1", ParameterLines.HEADER_KEY)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("settings")
    void packetThreadsAllocateNothing(String name, List<String> parameters) throws IOException {
        ThreadMXBean meter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Assumptions.assumeTrue(meter.isThreadAllocatedMemorySupported(), "this JVM does not count allocations");
        try (TunnelPair pair = TunnelPair.open(parameters)) {
            for (boolean large : new boolean[] {false, true}) {
                carry(pair.a, pair.b, large, WARM_UP);
                carry(pair.b, pair.a, large, WARM_UP);
            }
            List<Thread> threads = new ArrayList<>(pair.a.threads());
            threads.addAll(pair.b.threads());
            threads.removeIf(thread -> thread.getName().endsWith("conductor"));
            assertThat(threads).hasSize(4);
            long most = Long.MAX_VALUE;
            for (int round = 0; round < ROUNDS && most >= STRAY_BYTES; round++) {
                long[] before = allocated(meter, threads);
                for (boolean large : new boolean[] {false, true}) {
                    carry(pair.a, pair.b, large, PACKETS);
                    carry(pair.b, pair.a, large, PACKETS);
                }
                long[] after = allocated(meter, threads);
                most = 0;
                for (int i = 0; i < before.length; i++) {
                    most = Math.max(most, after[i] - before[i]);
                }
                System.out.println(name + ", round " + round + ": at most " + most + " bytes a thread for "
                        + 2 * PACKETS + " packets each way");
            }
            assertThat(most).as(name).isLessThan(STRAY_BYTES);
        }
    }

    private static long[] allocated(ThreadMXBean meter, List<Thread> threads) {
        return threads.stream()
                .mapToLong(thread -> meter.getThreadAllocatedBytes(thread.threadId()))
                .toArray();
    }

    /** Carries packets: one a frame, or ten as a TCP superpacket. Counts payload, because the far end joins packets. */
    private static void carry(TunnelEnd from, TunnelEnd to, boolean large, int packets) {
        try (Arena arena = Arena.ofConfined()) {
            long out = Memory.allocate(arena, TestFrames.ROOM);
            long in = Memory.allocate(arena, TestFrames.ROOM);
            int payload = large ? SEGMENTS * SEGMENT : 64;
            int length = large
                    ? TestFrames.putTcp(out, false, 0, 1, new Random(1), payload, SEGMENT)
                    : TestFrames.putOpaque(out, false, TCP_HEADERS + payload, new Random(1));
            long goal = (long) packets * (large ? SEGMENT : payload);
            int window = 32 * (large ? SEGMENT : payload);
            long sent = 0;
            long arrived = 0;
            long start = System.nanoTime();
            while (arrived < goal) {
                while (sent < goal && sent - arrived < window && from.tun.put(out, length)) {
                    sent += payload;
                }
                int taken = to.tun.take(in, TestFrames.ROOM);
                if (taken == 0) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                    if (System.nanoTime() - start > DEADLINE_NANOS) {
                        throw new AssertionError(arrived + " of " + goal + " bytes: " + from.events() + to.events());
                    }
                } else {
                    arrived += taken - TestFrames.HEADER_LENGTH - TCP_HEADERS;
                }
            }
        }
    }
}
