package skyawg.protocol.agenda;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What must be done at some time, the earliest first: a binary heap whose entries know their places. One thread's. */
public final class Agenda<E extends Agenda.Entry> {
    /** Nothing is due. */
    public static final long NEVER = Long.MAX_VALUE;

    private final List<E> heap = new ArrayList<>();

    /** Stands in one agenda at a time. */
    public abstract static class Entry {
        private static final int NOWHERE = -1;

        private int place = NOWHERE;
        private long dueNanos;

        /** Of the last {@link Agenda#put}. */
        public final long dueNanos() {
            return dueNanos;
        }
    }

    /** How many entries there are. */
    public int size() {
        return heap.size();
    }

    /** Every entry, in no order that means something. */
    public List<E> all() {
        return List.copyOf(heap);
    }

    /** When {@link #first} is due; {@link #NEVER} when there is nothing. */
    public long nextNanos() {
        Entry first = first();
        return first == null ? NEVER : first.dueNanos;
    }

    /** The entry that is due first; null when there is none. */
    public @Nullable E first() {
        return heap.isEmpty() ? null : heap.getFirst();
    }

    /** Puts an entry where this time belongs, wherever it was before. */
    public void put(E entry, long dueNanos) {
        Entry place = entry;
        place.dueNanos = dueNanos;
        if (place.place == Entry.NOWHERE) {
            place.place = heap.size();
            heap.add(entry);
        }
        settle(entry, place.place);
    }

    /** Nothing happens when it is not there. */
    public void remove(E entry) {
        Entry leaving = entry;
        int hole = leaving.place;
        if (hole == Entry.NOWHERE) {
            return;
        }
        leaving.place = Entry.NOWHERE;
        E last = heap.removeLast();
        if (hole < heap.size()) {
            settle(last, hole);
        }
    }

    /** Moves an entry up or down from a place to where the order holds. */
    private void settle(E entry, int from) {
        int place = from;
        while (place > 0 && isEarlier(entry, heap.get((place - 1) / 2))) {
            set(place, heap.get((place - 1) / 2));
            place = (place - 1) / 2;
        }
        for (int child = 2 * place + 1; child < heap.size(); child = 2 * place + 1) {
            if (child + 1 < heap.size() && isEarlier(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (!isEarlier(heap.get(child), entry)) {
                break;
            }
            set(place, heap.get(child));
            place = child;
        }
        set(place, entry);
    }

    private static boolean isEarlier(Entry one, Entry other) {
        return one.dueNanos - other.dueNanos < 0;
    }

    private void set(int place, E entry) {
        heap.set(place, entry);
        Entry placed = entry;
        placed.place = place;
    }
}
