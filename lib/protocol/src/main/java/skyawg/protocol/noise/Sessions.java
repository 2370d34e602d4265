package skyawg.protocol.noise;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.KeyVault;

/**
 * Makes keypairs out of finished handshakes and moves them through a peer's three places (WireGuard paper §6.3).
 *
 * <pre>
 *   our response was sent:       next  <- new;  previous goes        (we wait for the initiator to use it)
 *   first message under next:    previous <- current <- next
 *   a response was accepted:     previous <- next if it is young, else current;  current <- new
 *   first message under previous, which we answered: the two change places, at one of the two ends
 * </pre>
 *
 * <p>What leaves its place loses its index and is handed to {@link Outbox#retire}.
 */
final class Sessions implements AutoCloseable {
    /**
     * An initiator uses a session as soon as it has our response. One that has not by now never got it, or answered us
     * at the same moment: what it sends comes under the current session.
     */
    private static final long UNUSED_AFTER = 5 * Constants.NANOS_PER_SECOND;

    private final InterfaceState state;
    private final Aeads aeads;
    private final long first = KeyVault.allocate();
    private final long second = KeyVault.allocate();
    private MessageLimits limits = MessageLimits.PROTOCOL;

    Sessions(InterfaceState state, Aeads aeads) {
        this.state = state;
        this.aeads = aeads;
    }

    /** For tests: what keypairs made from now on may carry. */
    void setLimits(MessageLimits newLimits) {
        limits = newLimits;
    }

    /** Splits the handshake's state into a keypair and gives it the handshake's index. */
    Keypair derive(Peer peer, IkPsk2 handshake, boolean isInitiator, int localIndex, int remoteIndex, long nowNanos) {
        handshake.split(first, second);
        Keypair keypair = new Keypair(
                peer,
                isInitiator,
                localIndex,
                remoteIndex,
                nowNanos,
                aeads.create(isInitiator ? first : second),
                aeads.create(isInitiator ? second : first),
                SessionTimes.draw(state.timing(), state.entropy()),
                limits);
        KeyVault.wipe(first, KeyVault.KEY_LENGTH);
        KeyVault.wipe(second, KeyVault.KEY_LENGTH);
        state.indexTable().promote(localIndex, keypair);
        PeerTimers timers = peer.timers();
        timers.armZeroKeys(nowNanos + state.zeroKeysDelay());
        timers.setDelays(keypair.keepaliveNanos(), state.drawNewHandshakeDelay());
        return keypair;
    }

    /** We answered: the session waits for its first message. */
    void beginAsResponder(Peer peer, Keypair keypair) {
        Keypair previous = peer.previous();
        Keypair next = peer.next();
        peer.setKeypairs(null, peer.current(), keypair);
        drop(previous);
        drop(next);
    }

    /** We were answered: the session is in use from here on. */
    void beginAsInitiator(Peer peer, Keypair keypair) {
        Keypair previous = peer.previous();
        Keypair current = peer.current();
        Keypair next = peer.next();
        boolean keepsNext = next != null && keypair.createdNanos() - next.createdNanos() < UNUSED_AFTER;
        peer.setKeypairs(keepsNext ? next : current, keypair, null);
        drop(keepsNext ? current : next);
        drop(previous);
    }

    /**
     * The peer has used a session that we answered.
     *
     * @return false when it has no place any more, or one that it keeps
     */
    boolean confirm(Keypair keypair) {
        Peer peer = keypair.peer();
        if (keypair == peer.next()) {
            Keypair previous = peer.previous();
            peer.setKeypairs(peer.current(), keypair, null);
            drop(previous);
            return true;
        }
        if (keypair == peer.previous() && yieldsTo(peer)) {
            peer.setKeypairs(peer.current(), keypair, peer.next());
            return true;
        }
        return false;
    }

    /**
     * Both began at once, both were answered, and each end uses the session that it began. That works, but a renewal
     * would then lose what is on its way under the other session. So the end with the higher public key goes over to
     * the other's session once it sees that in use.
     */
    private boolean yieldsTo(Peer peer) {
        LocalIdentity self = state.identity();
        return self != null && Arrays.compareUnsigned(peer.publicKey().toBytes(), self.publicBytes()) < 0;
    }

    /** Both ends have the current session: nothing needs to be sent again. */
    void complete(Peer peer) {
        PeerHandshake share = peer.handshake();
        share.abandon(state.indexTable());
        share.attempts = 0;
        share.maxAttempts = state.drawMaxAttempts();
        share.unanswered = 0;
        peer.timers().cancelRetransmit();
        peer.clearHandshakeRequest();
        peer.setLastHandshake(state.unixNanos());
        state.outbox().sessionEstablished(peer);
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers != null) {
            dynamicPeers.confirm(peer);
        }
    }

    /** Ends all sessions and the handshake under way. */
    void erase(Peer peer) {
        Keypair previous = peer.previous();
        Keypair current = peer.current();
        Keypair next = peer.next();
        peer.setKeypairs(null, null, null);
        peer.handshake().abandon(state.indexTable());
        drop(previous);
        drop(current);
        drop(next);
    }

    /** Our private key has changed: nothing is sent under the old sessions any more. */
    void stopSending(Peer peer) {
        Keypair current = peer.current();
        Keypair next = peer.next();
        if (current != null) {
            current.stopSending();
        }
        if (next != null) {
            next.stopSending();
        }
    }

    /** The timing has changed: each session draws its times again. */
    void redrawTimes(Peer peer) {
        redrawTimes(peer.previous());
        redrawTimes(peer.current());
        redrawTimes(peer.next());
    }

    private void redrawTimes(@Nullable Keypair keypair) {
        if (keypair != null) {
            keypair.setTimes(SessionTimes.draw(state.timing(), state.entropy()));
        }
    }

    private void drop(@Nullable Keypair keypair) {
        if (keypair != null) {
            state.indexTable().release(keypair.localIndex());
            state.outbox().retire(keypair);
        }
    }

    @Override
    public void close() {
        KeyVault.release(first);
        KeyVault.release(second);
    }
}
