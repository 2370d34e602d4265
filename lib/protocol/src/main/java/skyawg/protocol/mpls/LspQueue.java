package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.List;

/**
 * LSPs in order of when time may end them: a binary heap in which each LSP knows its place. A deadline that has moved
 * to later is noticed when the old one comes. The conductor's.
 */
final class LspQueue<A, K> {
    /** No deadline. */
    static final long NEVER = Long.MAX_VALUE;

    static final int NOWHERE = -1;

    private final List<Lsp<A, K>> heap = new ArrayList<>();

    /** The LSP that is due first; the queue must not be empty. */
    Lsp<A, K> first() {
        return heap.getFirst();
    }

    /** When {@link #first} is due; {@link #NEVER} when the queue is empty. */
    long nextDeadline() {
        return heap.isEmpty() ? NEVER : heap.getFirst().scheduledNanos;
    }

    int size() {
        return heap.size();
    }

    /** Every LSP, in no order that means something. */
    List<Lsp<A, K>> all() {
        return List.copyOf(heap);
    }

    /** Puts the LSP where its present deadline belongs. */
    void update(Lsp<A, K> lsp) {
        lsp.scheduledNanos = lsp.nextDeadline();
        if (lsp.queuePosition == NOWHERE) {
            lsp.queuePosition = heap.size();
            heap.add(lsp);
        }
        settle(lsp);
    }

    void remove(Lsp<A, K> lsp) {
        int hole = lsp.queuePosition;
        if (hole == NOWHERE) {
            return;
        }
        lsp.queuePosition = NOWHERE;
        Lsp<A, K> last = heap.removeLast();
        if (hole < heap.size()) {
            last.queuePosition = hole;
            settle(last);
        }
    }

    /** Moves the LSP up or down from its position to where the order holds. */
    private void settle(Lsp<A, K> lsp) {
        int position = lsp.queuePosition;
        while (position > 0 && isEarlier(lsp, heap.get((position - 1) / 2))) {
            place(heap.get((position - 1) / 2), position);
            position = (position - 1) / 2;
        }
        for (int child = 2 * position + 1; child < heap.size(); child = 2 * position + 1) {
            if (child + 1 < heap.size() && isEarlier(heap.get(child + 1), heap.get(child))) {
                child++;
            }
            if (!isEarlier(heap.get(child), lsp)) {
                break;
            }
            place(heap.get(child), position);
            position = child;
        }
        place(lsp, position);
    }

    private static <A, K> boolean isEarlier(Lsp<A, K> one, Lsp<A, K> other) {
        return one.scheduledNanos - other.scheduledNanos < 0;
    }

    private void place(Lsp<A, K> lsp, int position) {
        heap.set(position, lsp);
        lsp.queuePosition = position;
    }
}
