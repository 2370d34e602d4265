package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tun.FrameCutter;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * The sending end of an interface's sessions: cuts frames for a peer, pads, seals and sends them. A peer without a
 * usable session has its frames staged and a handshake asked for.
 *
 * <p>All but {@link #command} is for the one thread that sends on the interface.
 */
final class SessionSender {
    private final SharedState shared;
    private final FrameCutter cutter;
    private final Entropy entropy;
    private final EventCounters<DropReason> drops;
    private final SealedRuns runs;
    /** Where staged frames are put back to be cut. */
    private final long unstaged;

    private final Queue<SenderCommand> commands = new ConcurrentLinkedQueue<>();

    // The content padding of this cycle's packets of one length to one peer: equal sizes make a run, unequal ones cost
    // ten times as much to send.
    private @Nullable TunnelPeer paddedPeer;
    private int paddedLength;
    private int zeroPadding;

    /**
     * @param cutter cuts what is given to {@link #send}
     * @param frameLength the longest frame, in bytes
     */
    SessionSender(
            Arena arena,
            SharedState shared,
            FrameCutter cutter,
            int frameLength,
            Entropy entropy,
            EventCounters<DropReason> drops) {
        this.shared = shared;
        this.cutter = cutter;
        this.entropy = entropy;
        this.drops = drops;
        this.runs = new SealedRuns(arena, entropy, drops);
        this.unstaged = Memory.allocate(arena, frameLength);
    }

    /** Any thread; the loop must be woken afterwards. */
    void command(SenderCommand command) {
        commands.add(command);
    }

    /** Begins a duty cycle with what the conductor asks for; returns how much that was. */
    int beginCycle(TunnelSettings settings, long nowNanos) {
        paddedPeer = null;
        int work = 0;
        for (SenderCommand command = commands.poll(); command != null; command = commands.poll()) {
            execute(settings, command, nowNanos);
            work++;
        }
        return work;
    }

    /** Sends what was sealed since. */
    void endCycle(TunnelSettings settings) {
        runs.flush(settings);
    }

    /** Sends a frame that the cutter has begun on, or stages it. */
    void send(TunnelSettings settings, TunnelPeer peer, long frame, int frameLength, long nowNanos) {
        Keypair keypair = usableKeypair(peer, nowNanos);
        if (keypair == null || !peer.staged().isEmpty()) {
            stage(peer, frame, frameLength);
            return;
        }
        seal(settings, peer, keypair, nowNanos);
    }

    /** Sends one packet if there is a session for it. @return false when there is none: one is asked for */
    boolean sendNow(TunnelSettings settings, TunnelPeer peer, long packet, int length, long nowNanos) {
        Keypair keypair = usableKeypair(peer, nowNanos);
        UdpPath path = peer.path();
        if (keypair == null || path == null) {
            wishHandshake(peer);
            return false;
        }
        sealPacket(settings, peer, path, keypair, packet, length);
        noteDataSent(peer, keypair, nowNanos);
        return true;
    }

    /** Cuts the frame and seals its packets. */
    private void seal(TunnelSettings settings, TunnelPeer peer, Keypair keypair, long nowNanos) {
        UdpPath path = peer.path();
        if (path == null) {
            drops.count(DropReason.NO_ENDPOINT);
            return;
        }
        while (cutter.next()) {
            sealPacket(settings, peer, path, keypair, cutter.packet(), cutter.length());
        }
        noteDataSent(peer, keypair, nowNanos);
    }

    /** Null when the peer has no session to send in. */
    private static @Nullable Keypair usableKeypair(TunnelPeer peer, long nowNanos) {
        Keypair keypair = peer.sending();
        return keypair != null && keypair.isUsableForSending(nowNanos) ? keypair : null;
    }

    private void noteDataSent(TunnelPeer peer, Keypair keypair, long nowNanos) {
        peer.timers().onDataSent(nowNanos);
        noteSent(peer, keypair, nowNanos);
    }

    private void noteSent(TunnelPeer peer, Keypair keypair, long nowNanos) {
        peer.timers().onAuthenticatedSent(nowNanos);
        if (keypair.isRekeyDueAfterSending(nowNanos)) {
            wishHandshake(peer);
        }
    }

    private void sealPacket(
            TunnelSettings settings, TunnelPeer peer, UdpPath path, Keypair keypair, long packet, int length) {
        int window = peer.trailerWindow();
        if (length != paddedLength || !peer.equals(paddedPeer)) {
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

    private void stage(TunnelPeer peer, long frame, int frameLength) {
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

    private void execute(TunnelSettings settings, SenderCommand command, long nowNanos) {
        TunnelPeer peer = command.peer();
        switch (command) {
            case SenderCommand.DropStaged ignored -> dropStaged(peer);
            case SenderCommand.FlushStaged ignored -> flushStaged(settings, peer, nowNanos);
            case SenderCommand.SendPayload send -> {
                byte[] payload = send.payload();
                Memory.copy(payload, 0, unstaged, payload.length);
                if (cutter.begin(unstaged, payload.length)) {
                    send(settings, peer, unstaged, payload.length, nowNanos);
                }
            }
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
        Keypair keypair = usableKeypair(peer, nowNanos);
        if (keypair == null) {
            if (!peer.staged().isEmpty()) {
                wishHandshake(peer);
            }
            return;
        }
        for (byte[] staged = peer.staged().take();
                staged != null;
                staged = peer.staged().take()) {
            Memory.copy(staged, 0, unstaged, staged.length);
            if (cutter.begin(unstaged, staged.length)) {
                seal(settings, peer, keypair, nowNanos);
            }
        }
    }

    private void sendKeepalive(TunnelSettings settings, TunnelPeer peer, long nowNanos) {
        Keypair keypair = usableKeypair(peer, nowNanos);
        if (keypair == null) {
            wishHandshake(peer);
            return;
        }
        UdpPath path = peer.path();
        if (path == null) {
            drops.count(DropReason.NO_ENDPOINT);
            return;
        }
        sealPacket(settings, peer, path, keypair, unstaged, 0);
        noteSent(peer, keypair, nowNanos);
    }
}
