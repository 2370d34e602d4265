package skyawg.datapath.forward;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import skyawg.datapath.tun.Segmenter;
import skyawg.datapath.tun.TestFrames;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * One direction of a tunnel: puts frames in at one end, and demands at the other the packets they stand for, byte for
 * byte, each flow in order, none lost. So few are under way at a time that no socket's buffer overflows. One thread.
 */
final class PacketStream {
    private static final int WINDOW = 64;
    private static final long DEADLINE_NANOS = 20_000_000_000L;
    private static final long PAUSE_NANOS = 20_000L;

    private final TunnelEnd from;
    private final TunnelEnd to;
    private final Arena arena = Arena.ofAuto();
    private final long frame = Memory.allocate(arena, TestFrames.ROOM);
    private final long scratch = Memory.allocate(arena, TestFrames.ROOM);
    private final Segmenter cutter = new Segmenter(arena);
    private final Map<Integer, ArrayDeque<byte[]>> expected = new HashMap<>();
    private int underWay;
    private final Random random = new Random(5);
    private int sequence;
    private long delivered;
    private long lastProgress;

    PacketStream(TunnelEnd from, TunnelEnd to) {
        this.from = from;
        this.to = to;
    }

    /** Packets that have arrived as they should. */
    long delivered() {
        return delivered;
    }

    /** Where a frame is to be written before {@link #send}. */
    long frame() {
        return frame;
    }

    void sendOpaque(boolean isV6, int length) {
        send(TestFrames.putOpaque(frame, isV6, length, random));
    }

    /** A run of packets of all kinds. */
    void sendMixture(int frames) {
        for (int i = 0; i < frames; i++) {
            boolean isV6 = random.nextBoolean();
            switch (random.nextInt(4)) {
                case 0 -> sendTcp(isV6, 1 + random.nextInt(20_000), 1200);
                case 1 -> send(TestFrames.putUdp(frame, isV6, 2, random, 1 + random.nextInt(9000), 1000));
                default -> sendOpaque(isV6, 60 + random.nextInt(TunnelEnd.MTU - 60 + 1));
            }
        }
    }

    /** The next piece of one TCP flow. */
    void sendTcp(boolean isV6, int payload, int segmentSize) {
        send(TestFrames.putTcp(frame, isV6, isV6 ? 1 : 0, sequence, random, payload, segmentSize));
        sequence += payload;
    }

    void sendUdp(boolean isV6, int payload, int segmentSize) {
        send(TestFrames.putUdp(frame, isV6, 2, random, payload, segmentSize));
    }

    void send(int length) {
        Memory.copy(frame, scratch, length);
        for (byte[] packet : TestFrames.cut(cutter, scratch, length)) {
            expected.computeIfAbsent(flow(packet), f -> new ArrayDeque<>()).add(packet);
            underWay++;
        }
        lastProgress = System.nanoTime();
        while (!from.tun.put(frame, length)) {
            receive();
        }
        while (underWay >= WINDOW) {
            receive();
        }
    }

    /** Waits until everything has arrived. */
    void await() {
        while (underWay > 0) {
            receive();
        }
    }

    private void receive() {
        int length = to.tun.take(scratch, TestFrames.ROOM);
        if (length == 0) {
            if (System.nanoTime() - lastProgress > DEADLINE_NANOS) {
                throw new AssertionError("after " + delivered + " packets none came any more, " + expected.size()
                        + " are missing: " + from.events() + " " + to.events());
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            return;
        }
        lastProgress = System.nanoTime();
        for (byte[] packet : TestFrames.cut(cutter, scratch, length)) {
            byte[] next =
                    expected.getOrDefault(flow(packet), new ArrayDeque<>()).poll();
            if (!Arrays.equals(packet, next)) {
                assertThat(packet).as("packet %d behind the first", delivered).isEqualTo(next);
            }
            delivered++;
            underWay--;
        }
    }

    /** Packets of one protocol and family are one flow in these tests. */
    private static int flow(byte[] packet) {
        return packet[0] >>> 4 == 6
                ? 256 + packet[IpHeader.V6_NEXT_HEADER_OFFSET]
                : packet[IpHeader.V4_PROTOCOL_OFFSET];
    }
}
