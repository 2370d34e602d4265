package skyawg.mesh.tunnel;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;

/** The paths of a tunnel at its ingress, the oldest first, and how many more are wanted. */
final class TunnelPaths<A> {
    private static final int MOST_PATHS = 16;

    private final int wanted;
    private final List<TunnelPath<A>> members = new ArrayList<>();

    /** @param wanted how many there are to be */
    TunnelPaths(int wanted) {
        this.wanted = wanted;
    }

    void add(TunnelPath<A> member) {
        members.add(member);
    }

    /** @return false when it is gone already */
    boolean remove(TunnelPath<A> member) {
        return members.remove(member);
    }

    void clear() {
        members.clear();
    }

    /** Those that payload has not come back through yet. */
    int underWay() {
        int count = 0;
        for (TunnelPath<A> member : members) {
            count += member.isUp() ? 0 : 1;
        }
        return count;
    }

    /** Whether there are some that users' packets take, and none of them can be relied on. */
    boolean areAllSuspect() {
        List<TunnelPath<A>> used = inUse();
        return !used.isEmpty() && used.stream().allMatch(TunnelPath::isSuspect);
    }

    boolean isEmpty() {
        return members.isEmpty();
    }

    /** A copy: members may come and go meanwhile. */
    List<TunnelPath<A>> all() {
        return List.copyOf(members);
    }

    @Nullable
    TunnelPath<A> of(Lsp<A, LspCiphers> lsp) {
        for (TunnelPath<A> member : members) {
            if (lsp.equals(member.lsp())) {
                return member;
            }
        }
        return null;
    }

    /** Those that users' packets may take. */
    List<TunnelPath<A>> inUse() {
        return members.stream().filter(TunnelPath::isInUse).toList();
    }

    /** Whether users' packets have a path beside this one. */
    boolean hasOther(TunnelPath<A> one) {
        return members.stream().anyMatch(member -> member != one && member.isInUse() && !member.isSuspect());
    }

    /** How many paths are neither there nor on their way. Below 0: there are more than wanted. */
    int missing() {
        int lasting = 0;
        for (TunnelPath<A> member : members) {
            lasting += isLasting(member) ? 1 : 0;
        }
        return Math.min(wanted - lasting, MOST_PATHS - members.size());
    }

    private static boolean isLasting(TunnelPath<?> member) {
        return !member.isSuspect() && !member.isDue() && member.farewell() == null;
    }

    /** Of all that there are, retiring ones too. */
    List<Path> paths() {
        return members.stream().map(TunnelPath::path).toList();
    }

    /** Of those that are not about to be replaced. */
    List<Path> lastingPaths() {
        return members.stream()
                .filter(TunnelPaths::isLasting)
                .map(TunnelPath::path)
                .toList();
    }

    /**
     * The path that a new one takes the place of: a due one that it meets if there is any, else the one due longest.
     */
    @Nullable
    TunnelPath<A> replacedBy(TunnelPath<A> fresh) {
        Predicate<TunnelPath<A>> isDue = member -> member != fresh && member.isInUse() && member.isDue();
        List<TunnelPath<A>> due = members.stream().filter(isDue).toList();
        for (TunnelPath<A> member : due) {
            if (meet(member.path(), fresh.path())) {
                return member;
            }
        }
        return due.isEmpty() ? null : due.getFirst();
    }

    /** Whether two paths have a transit in common. */
    private static boolean meet(Path one, Path other) {
        Set<Object> transits = new HashSet<>();
        for (Hop hop : one.hops().subList(0, one.transits())) {
            transits.add(hop.key());
        }
        return other.hops().subList(0, other.transits()).stream().anyMatch(hop -> transits.contains(hop.key()));
    }

    /** Of the probes. */
    long largestRoundTripNanos() {
        long largest = 0;
        for (TunnelPath<A> member : members) {
            largest = Math.max(largest, member.roundTripNanos());
        }
        return largest;
    }
}
