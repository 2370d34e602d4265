package skyawg.protocol.noise;

import skyawg.protocol.crypto.DhKey;
import skyawg.protocol.crypto.KeyVault;
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
    private final PeerSet peerSet;
    private final MacWriter macWriter = new MacWriter();
    private final byte[] response = new byte[Response.LENGTH];

    Responder(InterfaceState state, IkPsk2 handshake, Sessions sessions, HandshakeSender sender, PeerSet peerSet) {
        this.state = state;
        this.handshake = handshake;
        this.sessions = sessions;
        this.sender = sender;
        this.peerSet = peerSet;
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
        PublicKey key = PublicKey.of(peerKey);
        Peer peer = state.peers().get(key);
        if (peer == null) {
            return readStranger(message, self, key, source, nowNanos);
        }
        if (!peer.isRunning()) {
            return Verdict.UNKNOWN_PEER;
        }
        PeerHandshake share = peer.handshake();
        long staticStatic = share.staticStatic(self, peerKey);
        if (staticStatic == 0 || !handshake.readTimestamp(message, staticStatic)) {
            return Verdict.NOT_GENUINE;
        }
        if (!share.isNewer(handshake.timestamp()) || isUntimely(peer, nowNanos)) {
            return Verdict.REPLAYED_TIMESTAMP;
        }
        if (share.isTooFrequent(nowNanos)) {
            return Verdict.TOO_FREQUENT;
        }
        return answer(message, peer, peerKey, source, nowNanos) ? Verdict.INITIATION_ACCEPTED : Verdict.NOT_GENUINE;
    }

    /**
     * What cannot be a replay of a configured peer's can be one of a peer that we added ourselves: we may have answered
     * it before, in an earlier life.
     */
    private boolean isUntimely(Peer peer, long nowNanos) {
        DynamicPeers dynamicPeers = state.dynamicPeers();
        return dynamicPeers != null
                && !peer.handshake().hasTimestamp()
                && dynamicPeers.isUntimely(peer, handshake.timestamp(), nowNanos);
    }

    /** No peer is made before the timestamp has opened: that proves the key, and only then does its value count. */
    private Verdict readStranger(byte[] message, LocalIdentity self, PublicKey key, UdpPath source, long nowNanos) {
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers == null || !dynamicPeers.mayKnock(key, source.remote(), nowNanos)) {
            return Verdict.UNKNOWN_PEER;
        }
        byte[] peerKey = handshake.remoteStatic();
        long staticStatic = KeyVault.allocate();
        if (!self.privateKey().agree(peerKey, 0, staticStatic) || !handshake.readTimestamp(message, staticStatic)) {
            KeyVault.release(staticStatic);
            return Verdict.NOT_GENUINE;
        }
        Peer peer = dynamicPeers.letIn(key, staticStatic, handshake.timestamp(), nowNanos);
        if (peer == null) {
            return Verdict.UNKNOWN_PEER;
        }
        if (!answer(message, peer, peerKey, source, nowNanos)) {
            peerSet.remove(peer, DynamicPeerEnd.REMOVED, nowNanos);
            return Verdict.NOT_GENUINE;
        }
        return Verdict.INITIATION_ACCEPTED;
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
