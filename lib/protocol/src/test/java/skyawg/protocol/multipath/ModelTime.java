package skyawg.protocol.multipath;

import java.util.PriorityQueue;

/** Virtual time: what is due next happens next; what is due at once happens in the order it was planned. */
final class ModelTime {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1_000 * MILLI;

    private record Event(long at, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return at != other.at ? Long.compare(at, other.at) : Long.compare(order, other.order);
        }
    }

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private long now;
    private long planned;

    long now() {
        return now;
    }

    void at(long when, Runnable action) {
        events.add(new Event(Math.max(when, now), planned++, action));
    }

    void runUntil(long end) {
        while (!events.isEmpty() && events.element().at() <= end) {
            Event event = events.remove();
            now = event.at();
            event.action().run();
        }
        now = end;
    }
}
