package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tun.Coalescer;
import skyawg.datapath.tun.FramePort;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.RecentAddresses;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** Payloads that are IP packets from an address of their peer go to the TUN, rows of them as one. */
final class TunSink implements PayloadSink {
    private final FramePort tun;
    private final RecentAddresses<TunnelPeer> addresses;
    private final Coalescer coalescer;
    private final EventCounters<DropReason> drops;
    private volatile @Nullable Bypass bypass;

    TunSink(Arena arena, FramePort tun, SharedState shared, EventCounters<DropReason> drops) {
        this.tun = tun;
        this.addresses = new RecentAddresses<>(shared.allowedIps());
        this.coalescer = new Coalescer(arena, tun.hasUdpOffload());
        this.drops = drops;
    }

    /** Says what takes packets before the TUN does; null: nothing. Any thread. */
    void setBypass(@Nullable Bypass newBypass) {
        bypass = newBypass;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a peer is one object
    public void deliver(Peer peer, long payload, int length, long nowNanos) {
        int packetLength = IpHeader.packetLength(payload, length);
        if (packetLength < 0) {
            drops.count(DropReason.BAD_INNER_PACKET);
            return;
        }
        TunnelPeer owner = IpHeader.version(payload) == 4
                ? addresses.lookupV4(Memory.getIntBe(payload + IpHeader.V4_SOURCE_OFFSET))
                : addresses.lookupV6(
                        Memory.getLongBe(payload + IpHeader.V6_SOURCE_OFFSET),
                        Memory.getLongBe(payload + IpHeader.V6_SOURCE_OFFSET + 8));
        if (owner == null || owner != peer) {
            drops.count(DropReason.WRONG_SOURCE);
            return;
        }
        Bypass present = bypass;
        if (present != null && present.take(owner, payload, packetLength, nowNanos)) {
            return;
        }
        coalescer.add(payload, packetLength);
        if (coalescer.isFull()) {
            write();
        }
    }

    @Override
    public void flush() {
        write();
        Bypass present = bypass;
        if (present != null) {
            present.flush();
        }
    }

    private void write() {
        int refused = coalescer.flush(tun);
        if (refused > 0) {
            drops.count(DropReason.TUN_REFUSED, refused);
        }
    }
}
