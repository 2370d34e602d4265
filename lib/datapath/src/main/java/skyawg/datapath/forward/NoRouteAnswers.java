package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import skyawg.datapath.tun.FrameSink;
import skyawg.datapath.tun.VirtioHeader;
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

    NoRouteAnswers(Arena arena, FrameSink tun) {
        this.tun = tun;
        this.frame = Memory.allocate(arena, VirtioHeader.SIZE + IcmpUnreachable.MAX_LENGTH);
    }

    /** {@code nowNanos}: of a clock that counts from 0 up. */
    void answer(long packet, int length, long nowNanos) {
        long owedNanos = Math.max(0, paidNanos - nowNanos);
        if (owedNanos > (BURST - 1) * GAP_NANOS) {
            return;
        }
        int answerLength = IcmpUnreachable.answer(packet, length, frame + VirtioHeader.SIZE);
        if (answerLength > 0 && tun.write(frame, VirtioHeader.SIZE + answerLength)) {
            paidNanos = nowNanos + owedNanos + GAP_NANOS;
        }
    }
}
