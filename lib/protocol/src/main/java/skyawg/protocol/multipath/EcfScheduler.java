package skyawg.protocol.multipath;

/**
 * Earliest completion first: the path on which the packet will have arrived first, its queue and transmission included.
 * So a slower path is used exactly when the queue of the faster one costs more than the detour, and packets arrive in
 * the order in which they were sent, as far as the estimates go.
 *
 * <p>A path whose queue is about to overflow is passed over for another, though that is later, as long as the receiver
 * can wait for the difference: beyond it a packet would come after its followers were delivered, and that costs the
 * inner flow more than a loss on the faster path. (A guard against head-of-line blocking in the manner of BLEST, which
 * leaves a slow path unused when what is sent on it would stall the fast one.) Nothing waits here: where all queues are
 * full the packet still goes, and the path's own drop tells the inner flow.
 */
public final class EcfScheduler implements Scheduler {
    @Override
    public int choose(SendPaths paths, int bodyLength, int flowHash, long nowNanos) {
        int slots = paths.measured(paths.candidates());
        if (slots == SendPaths.NONE) {
            return SendPaths.NONE;
        }
        int reference = paths.path(Integer.numberOfTrailingZeros(slots)).delayFloorMicros();
        int first = -1;
        int firstWithRoom = -1;
        long earliest = Long.MAX_VALUE;
        long earliestWithRoom = Long.MAX_VALUE;
        for (int rest = slots; rest != 0; rest &= rest - 1) {
            int slot = Integer.numberOfTrailingZeros(rest);
            SendPath path = paths.path(slot);
            long arrival = path.arrivalNanos(bodyLength, nowNanos, reference);
            if (arrival < earliest) {
                earliest = arrival;
                first = slot;
            }
            if (arrival < earliestWithRoom && path.hasRoom(bodyLength, nowNanos)) {
                earliestWithRoom = arrival;
                firstWithRoom = slot;
            }
        }
        boolean canBeWaitedFor = firstWithRoom >= 0 && earliestWithRoom - earliest <= ReorderDeadline.MAX_NANOS;
        return 1 << (canBeWaitedFor ? firstWithRoom : first);
    }
}
