package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tun.Segmenter;
import skyawg.datapath.tun.VirtioHeader;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.noise.RecentAddresses;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;

/** The sending duty cycle: takes frames from the TUN, finds the peer by destination, and has them sent. */
final class TunToUdp implements Worker {
    /** Frames taken before the other direction has its turn. */
    private static final int MAX_FRAMES = 64;

    private final FramePort tun;
    private final SharedState shared;
    private final RecentAddresses<TunnelPeer> addresses;
    private final Segmenter segmenter;
    private final SessionSender sender;
    private final NoRouteAnswers noRoute;
    private final long frame;
    private final EventCounters<DropReason> drops = new EventCounters<>(DropReason.class);

    /** The settings under which the TUN failed: no reading until there are others. */
    private @Nullable TunnelSettings failedUnder;

    TunToUdp(Arena arena, FramePort tun, SharedState shared, Entropy entropy) {
        this.tun = tun;
        this.shared = shared;
        this.addresses = new RecentAddresses<>(shared.allowedIps());
        this.segmenter = new Segmenter(arena);
        this.sender = new SessionSender(arena, shared, segmenter, Segmenter.FRAME_LENGTH, entropy, drops);
        this.noRoute = new NoRouteAnswers(arena, tun);
        this.frame = Memory.allocate(arena, Segmenter.FRAME_LENGTH);
    }

    EventCounters<DropReason> drops() {
        return drops;
    }

    SessionSender sender() {
        return sender;
    }

    @Override
    public int descriptors() {
        return 1;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // the very settings, not equal ones
    public void watch(long pollFds) {
        // While the link is down, or gone, a read fails at once: do not spin on it.
        TunnelSettings settings = shared.settings();
        boolean isReadable = settings.sockets() != null && settings != failedUnder;
        PollFd.set(pollFds, isReadable ? tun.fd() : -1, PollFd.POLLIN);
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        TunnelSettings settings = shared.settings();
        int work = sender.beginCycle(settings, nowNanos);
        if (PollFd.returned(pollFds) != 0) {
            work += forwardFrames(settings, nowNanos);
        }
        sender.endCycle(settings);
        return work;
    }

    private int forwardFrames(TunnelSettings settings, long nowNanos) {
        int frames = 0;
        while (frames < MAX_FRAMES) {
            int length = tun.read(frame, Segmenter.FRAME_LENGTH);
            if (length < 0) {
                failedUnder = settings;
                shared.conductor().linkChanged();
            }
            if (length <= 0) {
                break;
            }
            frames++;
            forward(settings, length, nowNanos);
        }
        return frames;
    }

    private void forward(TunnelSettings settings, int frameLength, long nowNanos) {
        if (!segmenter.begin(frame, frameLength)) {
            drops.count(DropReason.MALFORMED_FRAME);
            return;
        }
        TunnelPeer peer = peerOf(segmenter.packet(), segmenter.length());
        if (peer == null) {
            drops.count(DropReason.NO_ALLOWED_IP);
            noRoute.answer(segmenter.packet(), segmenter.length(), nowNanos);
            return;
        }
        sender.send(settings, peer, frame, frameLength, nowNanos);
    }

    /**
     * Sends a packet that the TUN did not bring, or stages it. On the sending thread.
     *
     * @param packet with {@link VirtioHeader#SIZE} bytes in front of it that may be changed
     */
    void send(TunnelPeer peer, long packet, int length, long nowNanos) {
        long single = packet - VirtioHeader.SIZE;
        VirtioHeader.clear(single);
        if (segmenter.begin(single, VirtioHeader.SIZE + length)) {
            sender.send(shared.settings(), peer, single, VirtioHeader.SIZE + length, nowNanos);
        }
    }

    /** Sends what was given to the other {@code send}. */
    void flush() {
        sender.endCycle(shared.settings());
    }

    private @Nullable TunnelPeer peerOf(long packet, int length) {
        int version = IpHeader.version(packet);
        if (version == 4) {
            return addresses.lookupV4(Memory.getIntBe(packet + IpHeader.V4_DESTINATION_OFFSET));
        }
        if (version == 6 && length >= IpHeader.V6_LENGTH) {
            return addresses.lookupV6(
                    Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET),
                    Memory.getLongBe(packet + IpHeader.V6_DESTINATION_OFFSET + 8));
        }
        return null;
    }
}
