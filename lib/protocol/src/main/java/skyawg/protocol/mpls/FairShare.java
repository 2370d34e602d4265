package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A bound on what each holder may have, and one on what all may have together. When the second is reached, whoever
 * holds most is refused first: a holder below its share (bound by number of holders) gets room, made by the newest
 * unconfirmed entry of the holder who has most; one with its share or more gets none. So a crowd that one neighbour
 * sends cannot keep the others out.
 *
 * @param <E> an entry, told apart by identity
 */
final class FairShare<E> {
    private final int perHolder;
    private final int bound;
    private final Predicate<E> isConfirmed;
    private final List<Holder<E>> holders = new ArrayList<>();
    private int held;

    /** Who has entries. */
    static final class Holder<E> {
        private int count;

        /** Entries that could be evicted, newest last; some may have been confirmed since. */
        private final List<E> unconfirmed = new ArrayList<>();

        int count() {
            return count;
        }

        List<E> unconfirmed() {
            return List.copyOf(unconfirmed);
        }
    }

    /** @param isConfirmed whether an entry has become too good to be evicted; asked before it is */
    FairShare(int perHolder, int bound, Predicate<E> isConfirmed) {
        this.perHolder = perHolder;
        this.bound = bound;
        this.isConfirmed = isConfirmed;
    }

    Holder<E> newHolder() {
        Holder<E> holder = new Holder<>();
        holders.add(holder);
        return holder;
    }

    /** The holder, which has no entries, is gone. */
    void forget(Holder<E> holder) {
        if (holder.count != 0) {
            throw new IllegalStateException("holder still has " + holder.count + " entries");
        }
        holders.remove(holder);
    }

    /** How many entries all holders have. */
    int held() {
        return held;
    }

    /** Whether this holder may have one more, be it that {@link #toEvict} has to go for it. */
    Admission ask(Holder<E> holder) {
        if (holder.count >= perHolder) {
            return Admission.NEIGHBOUR_FULL;
        }
        return held < bound || findVictim(holder) != null ? Admission.ADMITTED : Admission.NODE_FULL;
    }

    /** The entry that must be removed before this admitted holder gets one more; null when there is room. */
    @Nullable
    E toEvict(Holder<E> holder) {
        if (held < bound) {
            return null;
        }
        Holder<E> victim = findVictim(holder);
        return victim == null ? null : victim.unconfirmed.getLast();
    }

    /** The entry is unconfirmed, and the holder's newest. */
    void add(Holder<E> holder, E entry) {
        holder.count++;
        held++;
        holder.unconfirmed.add(entry);
    }

    /** The entry is known to be confirmed: it need not be kept in mind. Harmless when that was said before. */
    void confirm(Holder<E> holder, E entry) {
        holder.unconfirmed.remove(entry);
    }

    void remove(Holder<E> holder, E entry) {
        holder.unconfirmed.remove(entry);
        holder.count--;
        held--;
    }

    /** Who has most of those above the share that can give something up. Looked for only when everything is taken. */
    private @Nullable Holder<E> findVictim(Holder<E> asking) {
        int share = Math.max(1, bound / holders.size());
        if (asking.count >= share) {
            return null;
        }
        Holder<E> most = null;
        for (Holder<E> holder : holders) {
            boolean hasMore = holder.count > share && (most == null || holder.count > most.count);
            if (hasMore && hasEvictable(holder)) {
                most = holder;
            }
        }
        return most;
    }

    private boolean hasEvictable(Holder<E> holder) {
        List<E> unconfirmed = holder.unconfirmed;
        while (!unconfirmed.isEmpty() && isConfirmed.test(unconfirmed.getLast())) {
            unconfirmed.removeLast();
        }
        return !unconfirmed.isEmpty();
    }
}
