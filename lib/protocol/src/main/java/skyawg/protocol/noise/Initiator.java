package skyawg.protocol.noise;

import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.wire.UdpPath;

/** The side that begins: sends initiations, takes responses. */
final class Initiator {
    private final InterfaceState state;
    private final IkPsk2 handshake;
    private final Sessions sessions;
    private final HandshakeSender sender;
    private final Timestamps timestamps = new Timestamps();
    private final MacWriter macWriter = new MacWriter();
    private final byte[] initiation = new byte[Initiation.LENGTH];

    Initiator(InterfaceState state, IkPsk2 handshake, Sessions sessions, HandshakeSender sender) {
        this.state = state;
        this.handshake = handshake;
        this.sessions = sessions;
        this.sender = sender;
    }

    Timestamps timestamps() {
        return timestamps;
    }

    /** Begins a handshake for a new reason: the attempts count anew. */
    void initiate(Peer peer, long nowNanos) {
        PeerHandshake share = peer.handshake();
        share.attempts = 0;
        share.maxAttempts = state.drawMaxAttempts();
        retry(peer, nowNanos);
    }

    /**
     * Sends an initiation, unless a handshake message went to this peer a moment ago: then it goes as soon as that is
     * allowed, unless the handshake is complete by then. The delay is jittered, or two peers that answered each other
     * would begin at the same moment again.
     */
    void retry(Peer peer, long nowNanos) {
        LocalIdentity self = state.identity();
        if (self == null || !peer.isRunning()) {
            return;
        }
        PeerHandshake share = peer.handshake();
        long earliest = share.earliestInitiation(state.minRekeyTimeout(), nowNanos);
        if (earliest > nowNanos) {
            if (peer.timers().retransmit() == PeerTimers.NEVER) {
                peer.timers().armRetransmit(earliest + state.drawJitter());
            }
            return;
        }
        byte[] peerKey = peer.publicKey().toBytes();
        long staticStatic = share.staticStatic(self, peerKey);
        if (staticStatic != 0) {
            send(peer, self, peerKey, staticStatic, nowNanos);
        }
    }

    private void send(Peer peer, LocalIdentity self, byte[] peerKey, long staticStatic, long nowNanos) {
        PeerHandshake share = peer.handshake();
        share.abandon(state.indexTable());
        long stamp = timestamps.next(share.lastStamp, share.unanswered, state.unixNanos(), nowNanos);
        DhKey ephemeral = DhKey.generate(state.entropy());
        boolean written = handshake.writeInitiation(initiation, self, peerKey, staticStatic, ephemeral, stamp);
        if (!written) {
            handshake.wipe();
            ephemeral.close();
            return;
        }
        int index = state.indexTable().allocate(peer);
        share.setPending(handshake.pending(index, ephemeral));
        handshake.wipe();
        HandshakeMessage.putTypeWord(initiation, state.profile().drawTypeWord(MessageType.INITIATION, state.entropy()));
        HandshakeMessage.putIndex(initiation, Initiation.SENDER_OFFSET, index);
        macWriter.write(initiation, Initiation.MAC1_OFFSET, peerKey, share.cookies(), nowNanos);

        share.lastStamp = stamp;
        share.unanswered++;
        share.noteSent(nowNanos);
        PeerTimers timers = peer.timers();
        timers.onAuthenticatedSent(nowNanos);
        timers.armRetransmit(nowNanos + state.drawRekeyTimeout() + state.drawJitter());
        timers.setNewHandshakeDelay(state.drawNewHandshakeDelay());
        sender.sendInitiation(peer, initiation);
    }

    Verdict receiveResponse(byte[] message, UdpPath source, long nowNanos) {
        int localIndex = HandshakeMessage.index(message, Response.RECEIVER_OFFSET);
        IndexTable.Entry entry = state.indexTable().lookup(localIndex);
        if (entry == null || entry.keypair() != null) {
            return Verdict.UNKNOWN_INDEX;
        }
        Peer peer = entry.peer();
        PeerHandshake share = peer.handshake();
        PendingInitiation pending = share.pending();
        LocalIdentity self = state.identity();
        if (pending == null || pending.localIndex() != localIndex || self == null) {
            return Verdict.UNKNOWN_INDEX;
        }
        if (!handshake.readResponse(message, pending, self, state.presharedKey(peer))) {
            handshake.wipe();
            return Verdict.NOT_GENUINE;
        }
        int remoteIndex = HandshakeMessage.index(message, Response.SENDER_OFFSET);
        Keypair keypair = sessions.derive(peer, handshake, true, localIndex, remoteIndex, nowNanos);
        handshake.wipe();
        share.closePending();
        peer.learnPath(source);
        peer.addRxBytes(Response.LENGTH);
        peer.timers().onAuthenticatedReceived(nowNanos);
        sessions.beginAsInitiator(peer, keypair);
        sessions.complete(peer);
        state.outbox().sendKeepalive(peer);
        state.timerQueue().update(peer);
        return Verdict.RESPONSE_ACCEPTED;
    }
}
