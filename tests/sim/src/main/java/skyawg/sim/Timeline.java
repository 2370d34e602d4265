package skyawg.sim;

import java.util.PriorityQueue;
import skyawg.protocol.agenda.Agenda;

/** The one clock, and what is to happen: events in order of time and of being told, and nodes whose time comes. */
final class Timeline {
    static final long MILLISECOND = 1_000_000L;
    static final long SECOND = 1_000_000_000L;

    private static final long UNIX_START = 1_800_000_000L;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Agenda<SimNode> nodes = new Agenda<>();
    private long nowNanos = SECOND;
    private long told;
    private long done;

    /** Something that happens once. */
    private record Event(long nanos, long number, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return nanos != other.nanos ? Long.compare(nanos, other.nanos) : Long.compare(number, other.number);
        }
    }

    long nowNanos() {
        return nowNanos;
    }

    long unixSeconds() {
        return UNIX_START + nowNanos / SECOND;
    }

    /** How much has happened. */
    long done() {
        return done;
    }

    void after(long nanos, Runnable action) {
        events.add(new Event(nowNanos + nanos, told++, action));
    }

    /** The node is called at that time, and not at the one said before. */
    void wake(SimNode node, long nanos) {
        if (nanos == Agenda.NEVER) {
            nodes.remove(node);
        } else {
            nodes.put(node, Math.max(nanos, nowNanos));
        }
    }

    void forget(SimNode node) {
        nodes.remove(node);
    }

    void runUntil(long endNanos) {
        while (true) {
            Event event = events.peek();
            SimNode node = nodes.first();
            long eventNanos = event == null ? Long.MAX_VALUE : event.nanos();
            long nodeNanos = node == null ? Long.MAX_VALUE : node.dueNanos();
            if (Math.min(eventNanos, nodeNanos) > endNanos) {
                nowNanos = endNanos;
                return;
            }
            done++;
            if (event != null && eventNanos <= nodeNanos) {
                nowNanos = eventNanos;
                events.remove();
                event.action().run();
            } else if (node != null) {
                nowNanos = nodeNanos;
                node.wake();
            }
        }
    }
}
