package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import skyawg.datapath.tun.TestFrames;
import skyawg.protocol.wire.Memory;

/**
 * Numbered packets in one direction, a few thousand a second, while the test does something to the tunnel: how many
 * came, came twice, or came changed. Runs on a thread of its own from the start to {@link #stop}.
 */
final class NumberedFlow implements AutoCloseable {
    private static final int PACKET_LENGTH = 300;
    private static final int NUMBER_OFFSET = 20;
    private static final int BURST = 2;
    private static final long PAUSE_NANOS = 300_000L;
    private static final long SETTLE_NANOS = 400_000_000L;

    private final TunnelEnd from;
    private final TunnelEnd to;
    private final Arena arena = Arena.ofAuto();
    private final long frame = Memory.allocate(arena, TestFrames.ROOM);
    private final byte[] content = new byte[PACKET_LENGTH];
    private final BitSet seen = new BitSet();
    private final Thread thread;
    private volatile boolean running = true;
    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger received = new AtomicInteger();
    private final AtomicInteger duplicates = new AtomicInteger();
    private final AtomicInteger corrupt = new AtomicInteger();

    NumberedFlow(TunnelEnd from, TunnelEnd to) {
        this.from = from;
        this.to = to;
        int length = TestFrames.putOpaque(frame, false, PACKET_LENGTH, new Random(3));
        Memory.copy(frame + TestFrames.HEADER_LENGTH, content, 0, length - TestFrames.HEADER_LENGTH);
        thread = Thread.ofPlatform().name("numbered flow").daemon().start(this::run);
    }

    int sent() {
        return sent.get();
    }

    /** Different packets that came, unchanged. */
    int received() {
        return received.get();
    }

    int duplicates() {
        return duplicates.get();
    }

    int corrupt() {
        return corrupt.get();
    }

    /** Waits until so many more packets have come. */
    void awaitMore(int packets) {
        int goal = received.get() + packets;
        Await.until(
                () -> packets + " more packets: " + received + " of " + sent + ", " + from.events() + " " + to.events(),
                () -> received.get() >= goal);
    }

    /** Stops sending, waits for what is under way, and returns how many did not come. */
    int stop() {
        running = false;
        Await.until("the flow's thread ends", () -> !thread.isAlive());
        return sent.get() - received.get();
    }

    private void run() {
        while (running) {
            for (int i = 0; i < BURST; i++) {
                if (from.tun.put(frame, prepare(sent.get()))) {
                    sent.incrementAndGet();
                }
            }
            receive();
            LockSupport.parkNanos(PAUSE_NANOS);
        }
        long lastProgress = System.nanoTime();
        while (received.get() < sent.get() && System.nanoTime() - lastProgress < SETTLE_NANOS) {
            if (receive()) {
                lastProgress = System.nanoTime();
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private int prepare(int number) {
        int length = TestFrames.putPacket(frame, content);
        Memory.putLongLe(frame + TestFrames.HEADER_LENGTH + NUMBER_OFFSET, number);
        return length;
    }

    private boolean receive() {
        boolean any = false;
        for (int length = to.tun.take(frame, TestFrames.ROOM);
                length > 0;
                length = to.tun.take(frame, TestFrames.ROOM)) {
            any = true;
            check(length);
        }
        return any;
    }

    private void check(int length) {
        byte[] packet = new byte[length - TestFrames.HEADER_LENGTH];
        Memory.copy(frame + TestFrames.HEADER_LENGTH, packet, 0, packet.length);
        long number = Memory.getLongLe(frame + TestFrames.HEADER_LENGTH + NUMBER_OFFSET);
        System.arraycopy(content, NUMBER_OFFSET, packet, NUMBER_OFFSET, Long.BYTES);
        if (!Arrays.equals(packet, content) || number < 0 || number >= sent.get()) {
            corrupt.incrementAndGet();
        } else if (seen.get((int) number)) {
            duplicates.incrementAndGet();
        } else {
            seen.set((int) number);
            received.incrementAndGet();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
