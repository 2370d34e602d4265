package skyawg.mesh.lsp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.crypto.SeededEntropy;

/** Nodes, the links between them, and one clock that goes from event to event. Everything follows from the seed. */
public final class VirtualMesh implements AutoCloseable {
    public static final long MILLISECOND = 1_000_000L;
    public static final long SECOND = 1_000_000_000L;
    public static final long UNIX_START = 1_800_000_000L;

    private static final long DELAY = MILLISECOND;

    private final Entropy entropy;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::number));
    private final List<VirtualNode> nodes = new ArrayList<>();
    private long nowNanos = 1;
    private long nextEvent;
    private int lossPercent;

    private record Event(long nanos, long number, Runnable action) {}

    public VirtualMesh(long seed) {
        entropy = new SeededEntropy(seed);
    }

    public VirtualNode node() {
        VirtualNode node = new VirtualNode(this, nodes.size() + 1, new SeededEntropy(entropy.nextLong()));
        nodes.add(node);
        return node;
    }

    public long nowNanos() {
        return nowNanos;
    }

    public long unixSeconds() {
        return UNIX_START + nowNanos / SECOND;
    }

    /** From now on so many of a hundred messages are lost, and each is late by up to 20 ms more. */
    public void setLoss(int percent) {
        lossPercent = percent;
    }

    public boolean isLost() {
        return entropy.uniform(0, 99) < lossPercent;
    }

    public long delay() {
        return DELAY + (lossPercent == 0 ? 0 : entropy.uniform(0, 20) * MILLISECOND);
    }

    public void after(long nanos, Runnable action) {
        events.add(new Event(nowNanos + nanos, nextEvent++, action));
    }

    public void run(long nanos) {
        long end = nowNanos + nanos;
        runUntil(end, () -> false);
        nowNanos = end;
        nodes.forEach(VirtualNode::advance);
    }

    /** @return false when it did not come true in this time */
    public boolean runUntil(long endNanos, BooleanSupplier condition) {
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

    public boolean within(long nanos, BooleanSupplier condition) {
        return runUntil(nowNanos + nanos, condition);
    }

    @Override
    public void close() {
        nodes.forEach(VirtualNode::close);
    }
}
