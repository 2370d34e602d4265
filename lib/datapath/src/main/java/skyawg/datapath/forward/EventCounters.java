package skyawg.datapath.forward;

import java.util.EnumMap;
import java.util.concurrent.atomic.AtomicLong;

/** How often each kind of event occurred on one thread. That thread writes, any thread reads. */
public final class EventCounters<E extends Enum<E>> {
    private final EnumMap<E, AtomicLong> counts;

    public EventCounters(Class<E> events) {
        counts = new EnumMap<>(events);
        for (E event : events.getEnumConstants()) {
            counts.put(event, new AtomicLong());
        }
    }

    public void count(E event) {
        count(event, 1);
    }

    public void count(E event, long times) {
        AtomicLong count = of(event);
        count.setOpaque(count.getOpaque() + times);
    }

    public long get(E event) {
        return of(event).getOpaque();
    }

    @SuppressWarnings("NullAway") // every constant has its counter
    private AtomicLong of(E event) {
        return counts.get(event);
    }
}
