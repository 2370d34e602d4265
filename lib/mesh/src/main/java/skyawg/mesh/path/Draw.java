package skyawg.mesh.path;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.RandomAccess;
import java.util.function.ToIntFunction;
import skyawg.protocol.crypto.Entropy;

/**
 * Candidates in the order of drawing without putting back, each time in proportion to weight: each arrives after a time
 * that is exponential with its weight as the rate. Of thousands the first few are looked at as a rule, so the list is
 * put in order only as far as it is read.
 */
final class Draw extends AbstractList<Candidate> implements RandomAccess {
    private record Ticket(Candidate candidate, int rank, double arrival) {}

    private static final Comparator<Ticket> ORDER = (one, other) -> one.rank() != other.rank()
            ? Integer.compare(one.rank(), other.rank())
            : Double.compare(one.arrival(), other.arrival());

    private final PriorityQueue<Ticket> waiting;
    private final List<Candidate> drawn = new ArrayList<>();
    private final int size;

    /** @param rank lower ones come before all higher ones, whatever they weigh */
    Draw(List<Candidate> candidates, ToIntFunction<Candidate> rank, Entropy entropy) {
        size = candidates.size();
        waiting = new PriorityQueue<>(Math.max(1, size), ORDER);
        for (Candidate candidate : candidates) {
            double uniform = ((entropy.nextLong() >>> 11) + 1) * 0x1p-53;
            double arrival = -StrictMath.log(uniform) / candidate.weight;
            waiting.add(new Ticket(candidate, rank.applyAsInt(candidate), arrival));
        }
    }

    @Override
    public Candidate get(int index) {
        while (drawn.size() <= index) {
            drawn.add(waiting.remove().candidate());
        }
        return drawn.get(index);
    }

    @Override
    public int size() {
        return size;
    }
}
