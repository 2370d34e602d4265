package skyawg.datapath.tunnel;

import skyawg.protocol.multipath.ByteBudget;
import skyawg.protocol.multipath.Placement;
import skyawg.protocol.multipath.Resequencer;

/** Delivers a tunnel's packets in the order of their sequence, as far as waiting is worth it. The packet thread's. */
final class Reorderer {
    private final Resequencer resequencer;
    private final HeldPackets held;
    private final Outlet outlet;

    Reorderer(ByteBudget budget, HeldPackets held, Outlet outlet) {
        this.resequencer = new Resequencer(budget);
        this.held = held;
        this.outlet = outlet;
    }

    /** Delivers a packet and what has waited for it, or keeps a copy. */
    void take(int epoch, long sequence, long packet, int length, long nowNanos) {
        while (true) {
            Placement placement = resequencer.place(epoch, sequence, HeldPackets.SLOT_LENGTH);
            switch (placement) {
                case IN_ORDER -> {
                    outlet.deliver(packet, length, nowNanos);
                    deliverDue(nowNanos);
                    return;
                }
                case LATE -> {
                    outlet.deliver(packet, length, nowNanos);
                    return;
                }
                case HOLD -> {
                    resequencer.hold(sequence, held.keep(packet, length), nowNanos);
                    return;
                }
                case DRAIN_FIRST -> deliverDue(nowNanos);
            }
        }
    }

    /** Delivers what has waited long enough. */
    void deliverDue(long nowNanos) {
        for (long slot = resequencer.poll(nowNanos); slot != Resequencer.NOTHING; slot = resequencer.poll(nowNanos)) {
            outlet.deliver(held.packet(slot), held.length(slot), nowNanos);
            held.release(slot);
        }
    }

    void setDeadline(long nanos) {
        resequencer.setDeadline(nanos);
    }

    /** When {@link #deliverDue} next has something to do by time alone. */
    long wakeNanos() {
        return resequencer.wakeNanos();
    }

    /** Drops what waits. */
    void close(long nowNanos) {
        resequencer.giveUpAll();
        for (long slot = resequencer.poll(nowNanos); slot != Resequencer.NOTHING; slot = resequencer.poll(nowNanos)) {
            held.release(slot);
        }
    }
}
