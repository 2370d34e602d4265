package skyawg.protocol.setup;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A bound on things that neighbours make a node keep: so many for each neighbour, so many in all. At the bound of the
 * node whoever holds most is refused first, and its newest unconfirmed entry makes room for a neighbour that is below
 * its share (bound / neighbours). A confirmed entry is never taken away.
 *
 * <p>Every operation takes constant time, but for a claim at the node's bound, which looks at each neighbour once. One
 * thread at a time.
 *
 * @param <E> what is kept
 */
public final class FairShare<E> {
    private final int perNeighbour;
    private final int perNode;
    private final List<Holder<E>> holders = new ArrayList<>();
    private int held;

    public FairShare(int perNeighbour, int perNode) {
        this.perNeighbour = perNeighbour;
        this.perNode = perNode;
    }

    /** LSPs through a node. */
    public static <E> FairShare<E> ofLsps() {
        return new FairShare<>(1024, 65_536);
    }

    /** Set-ups passed on and not answered yet. */
    public static <E> FairShare<E> ofPending() {
        return new FairShare<>(64, 2048);
    }

    /** Tunnels that end at an egress. */
    public static <E> FairShare<E> ofTunnels() {
        return new FairShare<>(256, 4096);
    }

    /** A new neighbour. */
    public Holder<E> join() {
        Holder<E> holder = new Holder<>(holders.size());
        holders.add(holder);
        return holder;
    }

    /** A neighbour that is gone, after all that it held was released. */
    public void leave(Holder<E> holder) {
        if (holder.held != 0) {
            throw new IllegalStateException("a neighbour leaves and still holds " + holder.held);
        }
        if (holders.get(holder.place) != holder) {
            throw new IllegalStateException("a neighbour leaves that is not there");
        }
        Holder<E> last = holders.removeLast();
        if (last != holder) {
            last.place = holder.place;
            holders.set(holder.place, last);
        }
    }

    /** Asks for room for one more entry, unconfirmed at first. */
    public Decision<E> claim(Holder<E> holder, E entry) {
        if (holder.held >= perNeighbour) {
            return new Refused<>(true);
        }
        E evicted = null;
        if (held >= perNode) {
            Claim<E> victim = holder.held < perNode / holders.size() ? victim() : null;
            if (victim == null) {
                return new Refused<>(false);
            }
            evicted = victim.entry;
            release(victim);
        }
        held++;
        holder.held++;
        Claim<E> claim = new Claim<>(holder, entry);
        holder.push(claim);
        return new Granted<>(claim, evicted);
    }

    /** The entry is in use: it is no longer taken away for others. */
    public void confirm(Claim<E> claim) {
        if (!claim.isConfirmed && !claim.isReleased) {
            claim.isConfirmed = true;
            claim.holder.remove(claim);
        }
    }

    /** Gives the room back; nothing happens the second time. */
    public void release(Claim<E> claim) {
        if (claim.isReleased) {
            return;
        }
        claim.isReleased = true;
        held--;
        claim.holder.held--;
        if (!claim.isConfirmed) {
            claim.holder.remove(claim);
        }
    }

    /** How many entries there are. */
    public int held() {
        return held;
    }

    private @Nullable Claim<E> victim() {
        Holder<E> greediest = null;
        for (Holder<E> holder : holders) {
            if (greediest == null || holder.held > greediest.held) {
                greediest = holder;
            }
        }
        return greediest == null ? null : greediest.newestUnconfirmed;
    }

    /** The answer to a claim. */
    public sealed interface Decision<E> {}

    /**
     * There is room.
     *
     * @param claim to be confirmed and released
     * @param evicted what has lost its room to it and must go; null for nothing
     */
    public record Granted<E>(Claim<E> claim, @Nullable E evicted) implements Decision<E> {}

    /** @param isOwnBound whether the neighbour's own bound refused; otherwise the node's */
    public record Refused<E>(boolean isOwnBound) implements Decision<E> {}

    /** One neighbour's part. */
    public static final class Holder<E> {
        private int place;
        private int held;
        private @Nullable Claim<E> newestUnconfirmed;

        private Holder(int place) {
            this.place = place;
        }

        /** How many entries this neighbour has. */
        public int held() {
            return held;
        }

        private void push(Claim<E> claim) {
            Claim<E> older = newestUnconfirmed;
            claim.older = older;
            if (older != null) {
                older.newer = claim;
            }
            newestUnconfirmed = claim;
        }

        private void remove(Claim<E> claim) {
            Claim<E> older = claim.older;
            Claim<E> newer = claim.newer;
            if (older != null) {
                older.newer = newer;
            }
            if (newer != null) {
                newer.older = older;
            } else {
                newestUnconfirmed = older;
            }
            claim.older = null;
            claim.newer = null;
        }
    }

    /** One entry's room. */
    public static final class Claim<E> {
        private final Holder<E> holder;
        private final E entry;
        private boolean isConfirmed;
        private boolean isReleased;
        private @Nullable Claim<E> older;
        private @Nullable Claim<E> newer;

        private Claim(Holder<E> holder, E entry) {
            this.holder = holder;
            this.entry = entry;
        }
    }
}
