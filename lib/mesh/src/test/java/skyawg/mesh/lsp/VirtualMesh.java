package skyawg.mesh.lsp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;

/** Nodes, the links between them, and one clock that goes from event to event. Everything follows from the seed. */
final class VirtualMesh implements AutoCloseable {
    static final long MILLISECOND = 1_000_000L;
    static final long SECOND = 1_000_000_000L;
    static final long UNIX_START = 1_800_000_000L;

    private static final long DELAY = MILLISECOND;

    private final Entropy entropy;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private final List<VirtualNode> nodes = new ArrayList<>();
    private long nowNanos = 1;
    private long nextEvent;
    private int lossPercent;

    private record Event(long nanos, long number, Runnable action) {}

    VirtualMesh(long seed) {
        entropy = new SeededEntropy(seed);
    }

    VirtualNode node() {
        VirtualNode node = new VirtualNode(this, nodes.size() + 1, new SeededEntropy(entropy.nextLong()));
        nodes.add(node);
        return node;
    }

    long nowNanos() {
        return nowNanos;
    }

    long unixSeconds() {
        return UNIX_START + nowNanos / SECOND;
    }

    /** From now on so many of a hundred messages are lost, and each is late by up to 20 ms more. */
    void setLoss(int percent) {
        lossPercent = percent;
    }

    boolean isLost() {
        return entropy.uniform(0, 99) < lossPercent;
    }

    long delay() {
        return DELAY + (lossPercent == 0 ? 0 : entropy.uniform(0, 20) * MILLISECOND);
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(nowNanos + nanos, nextEvent++, action));
    }

    void run(long nanos) {
        long end = nowNanos + nanos;
        runUntil(end, () -> false);
        nowNanos = end;
        nodes.forEach(VirtualNode::advance);
    }

    /** @return false when it did not come true in this time */
    boolean runUntil(long endNanos, BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            long next = events.isEmpty() ? Long.MAX_VALUE : events.peek().nanos();
            for (VirtualNode node : nodes) {
                next = Math.min(next, Math.max(node.nextDeadline(), nowNanos));
            }
            if (next > endNanos) {
                return false;
            }
            nowNanos = next;
            while (!events.isEmpty() && events.peek().nanos() <= nowNanos) {
                events.remove().action().run();
            }
            nodes.forEach(VirtualNode::advance);
        }
        return true;
    }

    boolean within(long nanos, BooleanSupplier condition) {
        return runUntil(nowNanos + nanos, condition);
    }

    @Override
    public void close() {
        nodes.forEach(VirtualNode::close);
    }
}
