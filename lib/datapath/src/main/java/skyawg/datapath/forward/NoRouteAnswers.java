package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import skyawg.datapath.tun.Coalescer;
import skyawg.datapath.tun.FrameSink;
import skyawg.protocol.wire.IcmpUnreachable;
import skyawg.protocol.wire.Memory;

/**
 * Tells the system that a packet it gave the TUN has no peer to go to, so that its sender learns it at once instead of
 * waiting: what in-kernel WireGuard does too. A flood gets one answer in {@link #GAP_NANOS}, after {@link #BURST} at
 * once. Belongs to the sending thread.
 */
final class NoRouteAnswers {
    static final long GAP_NANOS = 10_000_000;
    static final int BURST = 10;

    private final FrameSink tun;
    /** An empty virtio header, and behind it the answer. */
    private final long frame;

    /** When all that was answered is paid for, at one in a gap; in the past when nothing is owed. */
    private long paidNanos;

    private boolean hasAnswered;

    NoRouteAnswers(Arena arena, FrameSink tun) {
        this.tun = tun;
        this.frame = Memory.allocate(arena, Coalescer.HEADROOM + IcmpUnreachable.MAX_LENGTH);
    }

    void answer(long packet, int length, long nowNanos) {
        boolean owes = hasAnswered && paidNanos - nowNanos > 0;
        if (owes && paidNanos - nowNanos > (BURST - 1) * GAP_NANOS) {
            return;
        }
        int answerLength = IcmpUnreachable.answer(packet, length, frame + Coalescer.HEADROOM);
        if (answerLength > 0 && tun.write(frame, Coalescer.HEADROOM + answerLength)) {
            hasAnswered = true;
            paidNanos = (owes ? paidNanos : nowNanos) + GAP_NANOS;
        }
    }
}
