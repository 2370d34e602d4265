package skyawg.protocol.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import skyawg.protocol.crypto.SeededEntropy;

/**
 * A clock, and what is still to happen. Time goes from event to event; those of one moment happen in order of asking.
 */
final class World {
    static final long MILLI = 1_000_000L;
    static final long SECOND = 1000 * MILLI;

    private final SeededEntropy random;
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparingLong(Event::nanos).thenComparingLong(Event::order));
    private long now = 100 * SECOND;
    private long order;

    private record Event(long nanos, long order, Runnable action) {}

    World(long seed) {
        random = new SeededEntropy(seed);
    }

    long now() {
        return now;
    }

    void at(long nanos, Runnable action) {
        events.add(new Event(Math.max(nanos, now), order++, action));
    }

    void after(long nanos, Runnable action) {
        at(now + nanos, action);
    }

    void runUntil(long end) {
        for (Event next = events.peek(); next != null && next.nanos <= end; next = events.peek()) {
            events.remove();
            now = next.nanos;
            next.action.run();
        }
        now = end;
    }

    SeededEntropy random() {
        return random;
    }

    /** True this often. */
    boolean chance(double probability) {
        return random.uniform(0, 999_999) < probability * 1_000_000;
    }

    /** Nanoseconds between two numbers of seconds. */
    long seconds(double low, double high) {
        return random.uniform((long) (low * SECOND), (long) (high * SECOND));
    }

    int pick(int count) {
        return (int) random.uniform(0, count - 1);
    }
}
