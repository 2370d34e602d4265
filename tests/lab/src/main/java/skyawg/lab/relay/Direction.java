package skyawg.lab.relay;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import skyawg.lab.socket.BatchSocket;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.wire.Memory;

/** One direction of the relay: what it receives, spoils, holds back and sends. One thread. */
abstract class Direction implements Runnable {
    /** A datagram is held back no longer than this, however few follow it. */
    private static final long HOLD_NANOS = 50_000_000;

    private final BatchSocket from;
    private final BatchSocket to;
    private final Impairment impairment;
    private final SeededEntropy dice;
    private final List<Held> held = new ArrayList<>();
    private final ArrayDeque<Held> free = new ArrayDeque<>();
    private int outgoing;

    private volatile long passed;
    private volatile long lost;
    private volatile long duplicated;
    private volatile long corrupted;
    private volatile long reordered;

    /** A datagram that waits for others to overtake it. */
    private static final class Held {
        final long payload = Memory.allocate(Arena.global(), BatchSocket.MAX_LENGTH);
        int length;
        int waitsFor;
        long deadline;
    }

    Direction(BatchSocket from, BatchSocket to, Impairment impairment, long seed) {
        this.from = from;
        this.to = to;
        this.impairment = impairment;
        dice = new SeededEntropy(seed);
    }

    /** Sees each datagram's sender. */
    abstract void arrivedFrom(long source);

    /** Says where outgoing datagram {@code i} goes. @return false if nobody is known yet */
    abstract boolean address(BatchSocket socket, int i);

    @Override
    public void run() {
        while (!Thread.currentThread().isInterrupted()) {
            int count = from.receive(held.isEmpty() ? 1000 : 5);
            for (int i = 0; i < count; i++) {
                arrivedFrom(from.source(i));
                pass(from.received(i), from.receivedLength(i));
            }
            releaseOverdue();
            flush();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes, the last word at exit reads
    private void pass(long payload, int length) {
        boolean isLost = Impairment.happens(dice, impairment.loss());
        boolean isDuplicated = Impairment.happens(dice, impairment.duplicate());
        boolean isCorrupted = Impairment.happens(dice, impairment.corrupt());
        boolean isHeld = Impairment.happens(dice, impairment.reorder());
        long draw = dice.nextLong() >>> 1;
        if (isLost || length == 0) {
            lost++;
            return;
        }
        if (isCorrupted) {
            corrupted++;
            long bit = draw % (length * 8L);
            long address = payload + bit / 8;
            Memory.putByte(address, Memory.getByte(address) ^ (1 << (bit % 8)));
        }
        if (isHeld) {
            reordered++;
            hold(payload, length, 1 + (int) (draw % impairment.depth()));
            return;
        }
        send(payload, length);
        if (isDuplicated) {
            duplicated++;
            send(payload, length);
        }
        releaseOvertaken();
    }

    private void hold(long payload, int length, int waitsFor) {
        Held one = free.isEmpty() ? new Held() : free.pop();
        Memory.copy(payload, one.payload, length);
        one.length = length;
        one.waitsFor = waitsFor;
        one.deadline = System.nanoTime() + HOLD_NANOS;
        held.add(one);
    }

    private void releaseOvertaken() {
        for (int i = 0; i < held.size(); i++) {
            if (--held.get(i).waitsFor <= 0) {
                release(i--);
            }
        }
    }

    private void releaseOverdue() {
        long now = held.isEmpty() ? 0 : System.nanoTime();
        for (int i = 0; i < held.size(); i++) {
            if (held.get(i).deadline - now <= 0) {
                release(i--);
            }
        }
    }

    private void release(int index) {
        Held one = held.remove(index);
        send(one.payload, one.length);
        free.push(one);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void send(long payload, int length) {
        if (outgoing == BatchSocket.BATCH) {
            flush();
        }
        if (!address(to, outgoing)) {
            return;
        }
        Memory.copy(payload, to.payload(outgoing), length);
        to.setLength(outgoing, length);
        outgoing++;
        passed++;
    }

    private void flush() {
        if (outgoing > 0) {
            to.send(outgoing);
            outgoing = 0;
        }
    }

    String counters() {
        return String.format(
                "{\"passed\":%d,\"lost\":%d,\"duplicated\":%d,\"corrupted\":%d,\"reordered\":%d}",
                passed, lost, duplicated, corrupted, reordered);
    }
}
