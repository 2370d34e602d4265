package skyawg.protocol.noise;

import java.util.LinkedHashSet;

/** The peers of an interface as they come and go, start and stop. The conductor's. */
final class PeerSet {
    private final InterfaceState state;
    private final Sessions sessions;
    private final Timestamps timestamps;
    private final LinkedHashSet<Peer> unprepared = new LinkedHashSet<>();

    PeerSet(InterfaceState state, Sessions sessions, Timestamps timestamps) {
        this.state = state;
        this.sessions = sessions;
        this.timestamps = timestamps;
    }

    /** As {@link HandshakeEngine#addPeer}. */
    void add(Peer peer, long nowNanos) {
        if (isFull()) {
            throw new IllegalStateException("an interface has at most " + Constants.MAX_PEERS + " peers");
        }
        LocalIdentity identity = state.identity();
        if (identity != null && identity.publicKey().equals(peer.publicKey())) {
            throw new IllegalStateException("the interface cannot be its own peer");
        }
        if (state.peers().putIfAbsent(peer.publicKey(), peer) != null) {
            throw new IllegalStateException("there is such a peer already: " + peer.publicKey());
        }
        if (!peer.handshake().isPrepared()) {
            unprepared.add(peer);
        }
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers != null) {
            dynamicPeers.recall(peer, nowNanos);
        }
        if (state.isRunning()) {
            start(peer, nowNanos);
        }
    }

    boolean isFull() {
        return state.peers().size() >= Constants.MAX_PEERS;
    }

    /** Ends the peer's sessions, drops its staged packets and forgets its keys. */
    void remove(Peer peer, DynamicPeerEnd end, long nowNanos) {
        if (!state.peers().remove(peer.publicKey(), peer)) {
            throw new IllegalStateException("no such peer: " + peer.publicKey());
        }
        unprepared.remove(peer);
        peer.setRemoved();
        stop(peer);
        PeerHandshake share = peer.handshake();
        timestamps.raiseFloor(share.lastStamp);
        byte[] newestTimestamp = share.newestTimestamp();
        boolean hasTimestamp = share.hasTimestamp();
        share.close();
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers != null) {
            if (hasTimestamp) {
                dynamicPeers.remember(peer, newestTimestamp, nowNanos);
            }
            dynamicPeers.forget(peer, end, nowNanos);
        }
    }

    void start(Peer peer, long nowNanos) {
        PeerHandshake share = peer.handshake();
        share.attempts = 0;
        share.maxAttempts = state.drawMaxAttempts();
        share.forgetSent();
        PeerTimers timers = peer.timers();
        timers.setDelays(state.drawPassiveKeepaliveDelay(), state.drawNewHandshakeDelay());
        timers.setPersistentKeepalive(state.drawPersistentKeepalive(peer.persistentKeepalive()));
        timers.start(nowNanos);
        peer.clearHandshakeRequest();
        peer.setRunning(true);
        state.timerQueue().update(peer);
    }

    void stop(Peer peer) {
        peer.setRunning(false);
        peer.timers().stop();
        state.timerQueue().remove(peer);
        sessions.erase(peer);
        state.outbox().dropStaged(peer);
    }

    /** Our private key has changed: so has every shared secret. */
    void forgetPrepared() {
        unprepared.clear();
        unprepared.addAll(state.peers().values());
    }

    boolean hasSecretsToPrepare() {
        return state.identity() != null && !unprepared.isEmpty();
    }

    /** As {@link HandshakeEngine#prepareSecrets}. */
    int prepareSecrets(int max) {
        LocalIdentity self = state.identity();
        int done = 0;
        while (self != null && done < max) {
            if (unprepared.isEmpty()) {
                break;
            }
            Peer peer = unprepared.removeFirst();
            if (!peer.handshake().isPrepared()) {
                peer.handshake().staticStatic(self, peer.publicKey().toBytes());
                done++;
            }
        }
        return done;
    }
}
