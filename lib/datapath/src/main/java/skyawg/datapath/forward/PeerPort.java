package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tun.VirtioHeader;
import skyawg.protocol.noise.RecentAddresses;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/**
 * The way to an interface's peers for packets that do not come from its TUN. Where the giver's thread is the one that
 * sends on the interface they are sealed at once; else they wait in a ring for that thread, whose worker this is.
 *
 * <p>What is no worker's method is for the one thread that gives packets.
 */
public final class PeerPort implements Worker {
    private static final int SLOTS = 1024;

    private final Arena arena = Arena.ofAuto();
    private final SharedState shared;
    private final TunToUdp sender;
    private final PacketLoop loop;
    private final RecentAddresses<TunnelPeer> addresses;
    private final @Nullable PacketRing<TunnelPeer> ring;
    private final PacketRing.Taker<TunnelPeer> taker;
    private boolean hasPut;

    /**
     * @param isOneThread whether the giver runs on {@code loop}
     * @param longest packet, in bytes
     */
    PeerPort(SharedState shared, TunToUdp sender, PacketLoop loop, boolean isOneThread, int longest) {
        this.shared = shared;
        this.sender = sender;
        this.taker = sender::send;
        this.loop = loop;
        this.addresses = new RecentAddresses<>(shared.allowedIps());
        this.ring = isOneThread ? null : new PacketRing<>(arena, SLOTS, VirtioHeader.SIZE, longest);
    }

    /** The peer that a packet's destination belongs to; null when it is nobody's. */
    public @Nullable TunnelPeer owner(long packet) {
        return IpHeader.version(packet) == 4
                ? addresses.lookupV4(Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET))
                : addresses.lookupV6(
                        Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET),
                        Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + Long.BYTES));
    }

    /** The interface's, in bytes. */
    public int mtu() {
        return shared.settings().mtu();
    }

    /**
     * Sends a packet at the end of the batch, or as soon as there is a session.
     *
     * @param packet with {@link VirtioHeader#SIZE} bytes in front of it that may be changed
     * @return false when the ring is full: it is not sent
     */
    public boolean send(TunnelPeer peer, long packet, int length, long nowNanos) {
        if (ring == null) {
            sender.send(peer, packet, length, nowNanos);
            return true;
        }
        hasPut = true;
        return ring.put(peer, packet, length);
    }

    /** The batch ends. */
    public void flush() {
        if (ring == null) {
            sender.flush();
        } else if (hasPut) {
            hasPut = false;
            loop.wake();
        }
    }

    @Override
    public long wakeNanos() {
        return ring == null ? NEVER : ring.wakeNanos();
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        int count = ring == null ? 0 : ring.drain(taker, nowNanos);
        if (count > 0) {
            sender.flush();
        }
        return count;
    }
}
