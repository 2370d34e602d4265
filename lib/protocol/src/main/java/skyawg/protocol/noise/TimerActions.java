package skyawg.protocol.noise;

/** What happens when a peer's timers come due (WireGuard paper §6). */
final class TimerActions {
    private final InterfaceState state;
    private final Initiator initiator;
    private final Sessions sessions;

    TimerActions(InterfaceState state, Initiator initiator, Sessions sessions) {
        this.state = state;
        this.initiator = initiator;
        this.sessions = sessions;
    }

    /** Acts on every timer of the peer that is due. Each is armed again in the future at the earliest. */
    void expire(Peer peer, long nowNanos) {
        PeerTimers timers = peer.timers();
        if (timers.retransmit() <= nowNanos) {
            timers.cancelRetransmit();
            retransmit(peer, nowNanos);
        }
        if (timers.passiveKeepalive() <= nowNanos) {
            timers.cancelPassiveKeepalive();
            keepalive(peer, nowNanos);
            if (timers.takeNeedsAnotherKeepalive()) {
                timers.rearmPassiveKeepalive(nowNanos);
            }
        }
        if (timers.newHandshake() <= nowNanos) {
            timers.cancelNewHandshake();
            peer.forgetStickySource();
            initiator.initiate(peer, nowNanos);
        }
        if (timers.zeroKeys() <= nowNanos) {
            timers.cancelZeroKeys();
            sessions.erase(peer);
            state.outbox().dropStaged(peer);
        }
        if (timers.persistentKeepalive() <= nowNanos) {
            timers.setPersistentKeepalive(state.drawPersistentKeepalive(peer.persistentKeepalive()));
            timers.restartPersistentKeepalive(nowNanos);
            keepalive(peer, nowNanos);
        }
    }

    private void retransmit(Peer peer, long nowNanos) {
        peer.clearHandshakeRequest();
        PeerHandshake share = peer.handshake();
        if (share.attempts > share.maxAttempts) {
            PeerTimers timers = peer.timers();
            timers.cancelPassiveKeepalive();
            state.outbox().dropStaged(peer);
            if (timers.zeroKeys() == PeerTimers.NEVER) {
                timers.armZeroKeys(nowNanos + state.zeroKeysDelay());
            }
            return;
        }
        share.attempts++;
        peer.forgetStickySource();
        initiator.retry(peer, nowNanos);
    }

    /** Sends a keepalive, or what is staged; without a usable session this begins with a handshake. */
    void keepalive(Peer peer, long nowNanos) {
        Keypair current = peer.current();
        if (current != null && current.isUsableForSending(nowNanos)) {
            state.outbox().sendKeepalive(peer);
        } else {
            initiator.initiate(peer, nowNanos);
        }
    }
}
