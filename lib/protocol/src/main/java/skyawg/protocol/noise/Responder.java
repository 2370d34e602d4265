package skyawg.protocol.noise;

import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.wire.UdpPath;

/** The side that answers: reads an initiation, makes the session and sends the response, all in one step. */
final class Responder {
    private final InterfaceState state;
    private final IkPsk2 handshake;
    private final Sessions sessions;
    private final HandshakeSender sender;
    private final MacWriter macWriter = new MacWriter();
    private final byte[] response = new byte[Response.LENGTH];

    Responder(InterfaceState state, IkPsk2 handshake, Sessions sessions, HandshakeSender sender) {
        this.state = state;
        this.handshake = handshake;
        this.sessions = sessions;
        this.sender = sender;
    }

    /** An initiation that is not accepted leaves everything as it was. */
    Verdict receive(byte[] message, UdpPath source, long nowNanos) {
        LocalIdentity self = state.identity();
        if (self == null) {
            return Verdict.NOT_LISTENING;
        }
        Verdict verdict = read(message, self, source, nowNanos);
        handshake.wipe();
        return verdict;
    }

    private Verdict read(byte[] message, LocalIdentity self, UdpPath source, long nowNanos) {
        if (!handshake.readInitiation(message, self)) {
            return Verdict.NOT_GENUINE;
        }
        byte[] peerKey = handshake.remoteStatic();
        Peer peer = state.peers().get(PublicKey.of(peerKey));
        if (peer == null || !peer.isRunning()) {
            return Verdict.UNKNOWN_PEER;
        }
        PeerHandshake share = peer.handshake();
        long staticStatic = share.staticStatic(self, peerKey);
        if (staticStatic == 0 || !handshake.readTimestamp(message, staticStatic)) {
            return Verdict.NOT_GENUINE;
        }
        if (!share.isNewer(handshake.timestamp())) {
            return Verdict.REPLAYED_TIMESTAMP;
        }
        if (share.isTooFrequent(nowNanos)) {
            return Verdict.TOO_FREQUENT;
        }
        return answer(message, peer, peerKey, source, nowNanos) ? Verdict.INITIATION_ACCEPTED : Verdict.NOT_GENUINE;
    }

    private boolean answer(byte[] message, Peer peer, byte[] peerKey, UdpPath source, long nowNanos) {
        PeerHandshake share = peer.handshake();
        try (DhKey ephemeral = DhKey.generate(state.entropy())) {
            if (!handshake.writeResponse(response, ephemeral, state.presharedKey(peer))) {
                return false;
            }
        }
        share.noteAccepted(handshake.timestamp(), nowNanos);
        peer.learnPath(source);
        peer.addRxBytes(Initiation.LENGTH);
        PeerTimers timers = peer.timers();
        timers.onAuthenticatedReceived(nowNanos);

        int localIndex = state.indexTable().allocate(peer);
        int remoteIndex = HandshakeMessage.index(message, Initiation.SENDER_OFFSET);
        HandshakeMessage.putTypeWord(response, state.profile().drawTypeWord(MessageType.RESPONSE, state.entropy()));
        HandshakeMessage.putIndex(response, Response.SENDER_OFFSET, localIndex);
        HandshakeMessage.putIndex(response, Response.RECEIVER_OFFSET, remoteIndex);
        macWriter.write(response, Response.MAC1_OFFSET, peerKey, share.cookies(), nowNanos);

        Keypair keypair = sessions.derive(peer, handshake, false, localIndex, remoteIndex, nowNanos);
        sessions.beginAsResponder(peer, keypair);
        share.noteSent(nowNanos);
        timers.onAuthenticatedSent(nowNanos);
        sender.sendResponse(peer, response);
        state.timerQueue().update(peer);
        return true;
    }
}
