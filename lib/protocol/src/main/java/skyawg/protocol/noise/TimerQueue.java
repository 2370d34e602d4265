package skyawg.protocol.noise;

import java.util.ArrayList;
import java.util.List;

/**
 * The peers in order of when the conductor must look at them: a binary heap with each peer once, by
 * {@link PeerTimers#scheduled}. A peer knows its place, so that moving it costs a few comparisons. The conductor's.
 */
final class TimerQueue {
    private final List<Peer> heap = new ArrayList<>();

    /** The peer that is due first; the queue must not be empty. */
    Peer first() {
        return heap.getFirst();
    }

    /** When {@link #first} is due; {@link PeerTimers#NEVER} when the queue is empty. */
    long nextDeadline() {
        return heap.isEmpty() ? PeerTimers.NEVER : scheduled(0);
    }

    int size() {
        return heap.size();
    }

    /** Looks at the peer's timers again and puts it where it belongs. */
    void update(Peer peer) {
        long deadline = peer.timers().schedule();
        if (deadline == PeerTimers.NEVER) {
            remove(peer);
            return;
        }
        if (peer.queuePosition < 0) {
            peer.queuePosition = heap.size();
            heap.add(peer);
        }
        settle(peer);
    }

    void remove(Peer peer) {
        int hole = peer.queuePosition;
        if (hole < 0) {
            return;
        }
        peer.queuePosition = -1;
        Peer last = heap.removeLast();
        if (hole < heap.size()) {
            last.queuePosition = hole;
            settle(last);
        }
    }

    /** Moves the peer up or down from its position to where the order holds. */
    private void settle(Peer peer) {
        long deadline = peer.timers().scheduled();
        int position = peer.queuePosition;
        while (position > 0) {
            int parent = (position - 1) / 2;
            if (scheduled(parent) <= deadline) {
                break;
            }
            place(heap.get(parent), position);
            position = parent;
        }
        for (int child = 2 * position + 1; child < heap.size(); child = 2 * position + 1) {
            if (child + 1 < heap.size() && scheduled(child + 1) < scheduled(child)) {
                child++;
            }
            if (deadline <= scheduled(child)) {
                break;
            }
            place(heap.get(child), position);
            position = child;
        }
        place(peer, position);
    }

    private long scheduled(int position) {
        return heap.get(position).timers().scheduled();
    }

    private void place(Peer peer, int position) {
        heap.set(position, peer);
        peer.queuePosition = position;
    }
}
