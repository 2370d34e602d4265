package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.sys.PollFd;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tun.Segmenter;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.RecentAddresses;
import skyawg.protocol.wire.IpHeader;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * The sending duty cycle: takes frames from the TUN, finds the peer by destination, cuts, seals and sends. A peer
 * without a usable session has its frames staged and a handshake asked for.
 */
final class TunToUdp implements Worker {
    /** Frames taken before the other direction has its turn. */
    private static final int MAX_FRAMES = 64;

    private final FramePort tun;
    private final SharedState shared;
    private final RecentAddresses<TunnelPeer> addresses;
    private final Segmenter segmenter;
    private final SealedRuns runs;
    private final NoRouteAnswers noRoute;
    private final Entropy entropy;
    private final long frame;
    private final EventCounters<DropReason> drops = new EventCounters<>(DropReason.class);
    private final Queue<SenderCommand> commands = new ConcurrentLinkedQueue<>();

    /** The settings under which the TUN failed: no reading until there are others. */
    private @Nullable TunnelSettings failedUnder;

    // The content padding of this cycle's packets of one length to one peer: equal sizes make a run, unequal ones cost
    // ten times as much to send.
    private @Nullable TunnelPeer paddedPeer;
    private int paddedLength;
    private int zeroPadding;

    TunToUdp(Arena arena, FramePort tun, SharedState shared, Entropy entropy) {
        this.tun = tun;
        this.shared = shared;
        this.addresses = new RecentAddresses<>(shared.allowedIps());
        this.entropy = entropy;
        this.segmenter = new Segmenter(arena);
        this.runs = new SealedRuns(arena, entropy, drops);
        this.noRoute = new NoRouteAnswers(arena, tun);
        this.frame = Memory.allocate(arena, Segmenter.FRAME_LENGTH);
    }

    EventCounters<DropReason> drops() {
        return drops;
    }

    /** Any thread; the loop must be woken afterwards. */
    void command(SenderCommand command) {
        commands.add(command);
    }

    @Override
    public String roleName() {
        return "tun-udp";
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
        paddedPeer = null;
        int work = 0;
        for (SenderCommand command = commands.poll(); command != null; command = commands.poll()) {
            execute(settings, command, nowNanos);
            work++;
        }
        if (PollFd.returned(pollFds) != 0) {
            work += forwardFrames(settings, nowNanos);
        }
        runs.flush(settings);
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
        Keypair keypair = peer.current();
        if (keypair == null
                || !keypair.isUsableForSending(nowNanos)
                || !peer.staged().isEmpty()) {
            stage(peer, frameLength);
            return;
        }
        seal(settings, peer, keypair, nowNanos);
    }

    /** Cuts the frame in the segmenter and seals its packets. */
    private void seal(TunnelSettings settings, TunnelPeer peer, Keypair keypair, long nowNanos) {
        UdpPath path = peer.path();
        if (path == null) {
            drops.count(DropReason.NO_ENDPOINT);
            return;
        }
        while (segmenter.next()) {
            sealPacket(settings, peer, path, keypair, segmenter.packet(), segmenter.length());
        }
        peer.timers().onDataSent(nowNanos);
        peer.timers().onAuthenticatedSent(nowNanos);
        if (keypair.isRekeyDueAfterSending(nowNanos)) {
            wishHandshake(peer);
        }
    }

    private void sealPacket(
            TunnelSettings settings, TunnelPeer peer, UdpPath path, Keypair keypair, long packet, int length) {
        int window = peer.trailerWindow();
        if (length != paddedLength || peer != paddedPeer) {
            zeroPadding = settings.profile().contentPadding(length, settings.mtu(), window, entropy);
            paddedLength = length;
            paddedPeer = peer;
        }
        if (!runs.append(settings, peer, path, keypair, packet, length, zeroPadding)) {
            drops.count(DropReason.EXPIRED_SESSION);
            return;
        }
        if (settings.profile().hasRandomTrailers()) {
            peer.raiseTrailerWindow(settings.profile().windowAfterSend(window, length));
        }
    }

    private void stage(TunnelPeer peer, int frameLength) {
        if (!peer.isRunning()) {
            drops.count(DropReason.STAGE_OVERFLOW);
            return;
        }
        int dropped = peer.staged().add(frame, frameLength);
        if (dropped > 0) {
            drops.count(DropReason.STAGE_OVERFLOW, dropped);
        }
        wishHandshake(peer);
    }

    private void wishHandshake(TunnelPeer peer) {
        if (peer.claimHandshakeRequest()) {
            shared.conductor().wishHandshake(peer);
        }
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

    private void execute(TunnelSettings settings, SenderCommand command, long nowNanos) {
        TunnelPeer peer = command.peer();
        switch (command) {
            case SenderCommand.DropStaged ignored -> dropStaged(peer);
            case SenderCommand.FlushStaged ignored -> flushStaged(settings, peer, nowNanos);
            case SenderCommand.SendKeepalive ignored -> {
                if (!peer.staged().isEmpty()) {
                    flushStaged(settings, peer, nowNanos);
                } else {
                    sendKeepalive(settings, peer, nowNanos);
                }
            }
        }
    }

    private void dropStaged(TunnelPeer peer) {
        drops.count(DropReason.STAGE_OVERFLOW, peer.staged().size());
        peer.staged().clear();
    }

    private void flushStaged(TunnelSettings settings, TunnelPeer peer, long nowNanos) {
        Keypair keypair = peer.current();
        if (keypair == null || !keypair.isUsableForSending(nowNanos)) {
            if (!peer.staged().isEmpty()) {
                wishHandshake(peer);
            }
            return;
        }
        for (byte[] staged = peer.staged().take();
                staged != null;
                staged = peer.staged().take()) {
            Memory.copy(staged, 0, frame, staged.length);
            if (segmenter.begin(frame, staged.length)) {
                seal(settings, peer, keypair, nowNanos);
            }
        }
    }

    private void sendKeepalive(TunnelSettings settings, TunnelPeer peer, long nowNanos) {
        Keypair keypair = peer.current();
        if (keypair == null || !keypair.isUsableForSending(nowNanos)) {
            wishHandshake(peer);
            return;
        }
        UdpPath path = peer.path();
        if (path == null) {
            drops.count(DropReason.NO_ENDPOINT);
            return;
        }
        sealPacket(settings, peer, path, keypair, frame, 0);
        peer.timers().onAuthenticatedSent(nowNanos);
        if (keypair.isRekeyDueAfterSending(nowNanos)) {
            wishHandshake(peer);
        }
    }
}
