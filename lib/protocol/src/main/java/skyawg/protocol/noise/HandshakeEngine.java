package skyawg.protocol.noise;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.noise.HandshakeMessage.Initiation;
import skyawg.protocol.noise.HandshakeMessage.Response;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.TimingParameters;
import skyawg.protocol.wire.Memory;
import skyawg.protocol.wire.UdpPath;

/**
 * One interface's handshakes, timers, key rotation, cookies and load. Belongs to the conductor: every method but
 * {@link #newMac1Checker} is called by one thread. {@code nowNanos} is a monotonic clock's, from 0 up; one that goes on
 * while the machine sleeps (CLOCK_BOOTTIME) lets a session that expired meanwhile be renewed at once.
 */
public final class HandshakeEngine implements AutoCloseable {
    private final InterfaceState state;
    private final IkPsk2 handshake = new IkPsk2();
    private final Sessions sessions;
    private final HandshakeSender sender;
    private final Admission admission;
    private final Initiator initiator;
    private final Responder responder;
    private final CookieReceiver cookieReceiver;
    private final TimerActions timerActions;
    private final PeerSet peerSet;
    private final byte[] received = new byte[MessageType.MAX_HANDSHAKE_LENGTH];

    /**
     * Holds keys in the vault until {@link #close}.
     *
     * @param entropy the conductor's
     */
    public HandshakeEngine(Entropy entropy, WallClock wallClock, Aeads aeads, IndexTable indexTable, Outbox outbox) {
        state = new InterfaceState(entropy, wallClock, indexTable, outbox);
        sessions = new Sessions(state, aeads);
        sender = new HandshakeSender(state);
        admission = new Admission(state, sender);
        initiator = new Initiator(state, handshake, sessions, sender);
        peerSet = new PeerSet(state, sessions, initiator.timestamps());
        responder = new Responder(state, handshake, sessions, sender, peerSet);
        cookieReceiver = new CookieReceiver(indexTable);
        timerActions = new TimerActions(state, initiator, sessions);
    }

    /**
     * Sets the interface's private key; all zero clears it. Nothing happens when it is the same. Otherwise handshakes
     * under way end, no session is used for sending any more and each peer may start a handshake at once.
     *
     * @param privateKey stays the caller's to close
     * @return the peer whose public key is now our own, which has been removed
     */
    public @Nullable Peer setPrivateKey(Secret privateKey, long nowNanos) {
        LocalIdentity identity = privateKey.isZero() ? null : new LocalIdentity(privateKey);
        if (identity != null && identity.hasSameKey(state.identity())) {
            identity.close();
            return null;
        }
        if (identity == null && state.identity() == null) {
            return null;
        }
        state.setIdentity(identity);
        Peer ourselves = null;
        if (identity != null) {
            admission.setPublicKey(identity.publicBytes());
            ourselves = find(identity.publicKey());
            if (ourselves != null) {
                removePeer(ourselves, nowNanos);
            }
        }
        // Nobody has seen a stamp under the new key: one that went astray under the old one must not follow it.
        initiator.timestamps().forget();
        for (Peer peer : state.peers().values()) {
            PeerHandshake share = peer.handshake();
            share.lastStamp = 0;
            share.abandon(state.indexTable());
            share.forgetStaticStatic();
            share.forgetSent();
            peer.clearHandshakeRequest();
            sessions.stopSending(peer);
        }
        peerSet.forgetPrepared();
        return ourselves;
    }

    /** Empty without a private key. */
    public Optional<PublicKey> publicKey() {
        return Optional.ofNullable(state.identity()).map(LocalIdentity::publicKey);
    }

    /** A copy that the caller closes; empty without a private key. */
    public Optional<Secret> privateKey() {
        return Optional.ofNullable(state.identity()).map(LocalIdentity::reveal);
    }

    /** From here on every message is made and read by these. Sessions draw new times when the timing has changed. */
    public void setProfile(ObfuscationProfile newProfile, TimingParameters newTiming, long nowNanos) {
        boolean timingChanged = !newTiming.equals(state.timing());
        state.setProfile(newProfile, newTiming);
        sender.followProfile();
        if (timingChanged) {
            for (Peer peer : state.peers().values()) {
                sessions.redrawTimes(peer);
            }
        }
    }

    /**
     * Adds a peer, and starts it when the interface is up; sends nothing.
     *
     * @throws IllegalStateException when the key is there already or is our own, or there are
     *     {@link Constants#MAX_PEERS}
     */
    public void addPeer(Peer peer, long nowNanos) {
        peerSet.add(peer, nowNanos);
    }

    /**
     * From here on there may be peers that nobody configured. Once, before anything is received.
     *
     * @param presharedKey that of all of them; stays the caller's to close
     * @param maker makes the peer with this key
     */
    public DynamicPeers allowDynamicPeers(
            DynamicPeerBounds bounds,
            Secret presharedKey,
            Function<PublicKey, Peer> maker,
            DynamicPeerListener listener,
            long nowNanos) {
        if (state.dynamicPeers() != null) {
            throw new IllegalStateException("dynamic peers are allowed already");
        }
        DynamicPeerRegister register = new DynamicPeerRegister(bounds, state.entropy(), nowNanos);
        DynamicPeers dynamicPeers = new DynamicPeers(state, peerSet, register, presharedKey, maker, listener);
        state.setDynamicPeers(dynamicPeers);
        return dynamicPeers;
    }

    /** The peer is a configured one from now on, if it was a dynamic one. */
    public void keepPeer(Peer peer) {
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers != null) {
            dynamicPeers.keep(peer);
        }
    }

    /** Ends the peer's sessions, drops its staged packets and forgets its keys. */
    public void removePeer(Peer peer, long nowNanos) {
        peerSet.remove(peer, DynamicPeerEnd.REMOVED, nowNanos);
    }

    public @Nullable Peer find(PublicKey publicKey) {
        return state.peers().get(publicKey);
    }

    /** In order of their making. */
    public Collection<Peer> peers() {
        return Collections.unmodifiableCollection(state.peers().values());
    }

    /** All zero clears it; stays the caller's to close. Counts from the next handshake on. */
    public void setPresharedKey(Peer peer, Secret presharedKey) {
        peer.handshake().setPresharedKey(presharedKey);
    }

    /** Sends a keepalive at once when it was off and the peer is running: call it last in a change of configuration. */
    public void setPersistentKeepalive(Peer peer, UintRange seconds, long nowNanos) {
        UintRange old = peer.persistentKeepalive();
        if (seconds.equals(old)) {
            return;
        }
        peer.setPersistentKeepalive(seconds);
        peer.timers().setPersistentKeepalive(state.drawPersistentKeepalive(seconds));
        if (peer.isRunning()) {
            if (old.isZero()) {
                peer.timers().restartPersistentKeepalive(nowNanos);
                timerActions.keepalive(peer, nowNanos);
            }
            state.timerQueue().update(peer);
        }
    }

    /** The link is up: every peer starts, those with a persistent keepalive send one. */
    public void start(long nowNanos) {
        if (state.isRunning()) {
            return;
        }
        state.setRunning(true);
        for (Peer peer : state.peers().values()) {
            peerSet.start(peer, nowNanos);
        }
        for (Peer peer : state.peers().values()) {
            if (!peer.persistentKeepalive().isZero()) {
                timerActions.keepalive(peer, nowNanos);
                state.timerQueue().update(peer);
            }
        }
    }

    /** The link is down: every peer stops; sessions, handshakes and staged packets are gone. */
    public void stop(long nowNanos) {
        if (!state.isRunning()) {
            return;
        }
        state.setRunning(false);
        for (Peer peer : state.peers().values()) {
            peerSet.stop(peer);
        }
    }

    public boolean isRunning() {
        return state.isRunning();
    }

    /**
     * A received handshake message or cookie reply.
     *
     * @param candidate what it was taken for; not {@link MessageType#TRANSPORT}
     * @param message address of {@link MessageType#length} bytes, unmasked, without padding and trailer
     */
    public Verdict receive(MessageType candidate, long message, UdpPath source, long nowNanos) {
        if (!state.isRunning() || state.identity() == null) {
            return Verdict.NOT_LISTENING;
        }
        Memory.copy(message, received, 0, candidate.length());
        Verdict verdict = read(candidate, message, source, nowNanos);
        tellNews(nowNanos);
        return verdict;
    }

    private Verdict read(MessageType candidate, long message, UdpPath source, long nowNanos) {
        return switch (candidate) {
            case INITIATION -> {
                Verdict refusal =
                        admission.refusal(candidate, message, received, Initiation.MAC1_OFFSET, source, nowNanos);
                yield refusal != null ? refusal : responder.receive(received, source, nowNanos);
            }
            case RESPONSE -> {
                Verdict refusal =
                        admission.refusal(candidate, message, received, Response.MAC1_OFFSET, source, nowNanos);
                yield refusal != null ? refusal : initiator.receiveResponse(received, source, nowNanos);
            }
            case COOKIE_REPLY -> cookieReceiver.receive(received, nowNanos);
            case TRANSPORT -> throw new IllegalArgumentException("transport messages are the data path's");
        };
    }

    /**
     * Notes how many handshake messages wait, before the next is received.
     *
     * @return whether the interface is under load: {@link #receive} then asks for mac2
     */
    public boolean underLoad(int queueLength, long nowNanos) {
        return admission.underLoad(queueLength, nowNanos);
    }

    /**
     * A packet thread has packets for the peer and no usable keypair, or one that is due for renewal. Starts a
     * handshake unless there is no reason for it any more.
     */
    public void requestHandshake(Peer peer, long nowNanos) {
        Keypair current = peer.current();
        if (current != null && !current.isRekeyDue(nowNanos)) {
            peer.clearHandshakeRequest();
            return;
        }
        renew(peer, nowNanos);
    }

    /** Begins a handshake though the present session may be good: the other end may have forgotten it. */
    public void renew(Peer peer, long nowNanos) {
        initiator.initiate(peer, nowNanos);
        updateTimers(peer);
    }

    /** The first genuine message under a session that we answered ({@link Keypair#claimConfirmation}). */
    public void onFirstTransportUnderNext(Keypair keypair, long nowNanos) {
        if (sessions.confirm(keypair)) {
            Peer peer = keypair.peer();
            sessions.complete(peer);
            state.outbox().flushStaged(peer);
            updateTimers(peer);
            tellNews(nowNanos);
        }
    }

    private void tellNews(long nowNanos) {
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers != null) {
            dynamicPeers.tellNews(nowNanos);
        }
    }

    /** The answer to {@link TimerWake#wake}. */
    public void reschedule(Peer peer) {
        updateTimers(peer);
    }

    /** A peer that has stopped meanwhile must not come back into the queue. */
    private void updateTimers(Peer peer) {
        if (peer.isRunning()) {
            state.timerQueue().update(peer);
        }
    }

    /**
     * Acts on every timer whose deadline has come.
     *
     * @return the next deadline; {@link PeerTimers#NEVER} when there is none
     */
    public long runTimers(long nowNanos) {
        TimerQueue queue = state.timerQueue();
        while (queue.nextDeadline() <= nowNanos) {
            Peer peer = queue.first();
            timerActions.expire(peer, nowNanos);
            queue.update(peer);
        }
        RateLimiter rateLimiter = admission.rateLimiter();
        rateLimiter.sweepIfDue(nowNanos);
        DynamicPeers dynamicPeers = state.dynamicPeers();
        long nextToGo = dynamicPeers == null ? PeerTimers.NEVER : dynamicPeers.removeDue(nowNanos);
        return Math.min(nextToGo, Math.min(queue.nextDeadline(), rateLimiter.nextSweep()));
    }

    /** Whether {@link #prepareSecrets} has something left to do. */
    public boolean hasSecretsToPrepare() {
        return peerSet.hasSecretsToPrepare();
    }

    /**
     * Works out up to {@code max} of the secrets that first handshakes will need, for idle moments.
     *
     * @return how many it did; 0 when all are ready
     */
    public int prepareSecrets(int max) {
        return peerSet.prepareSecrets(max);
    }

    /** The newest timestamp sent under this private key, as Unix nanoseconds; 0 for none. To be kept over a restart. */
    public long timestampFloor() {
        return initiator.timestamps().newest();
    }

    /** What {@link #timestampFloor} said of this private key before a restart: timestamps stay above it. */
    public void setTimestampFloor(long unixNanos) {
        initiator.timestamps().raiseFloor(unixNanos);
    }

    /**
     * A checker of mac1 for another thread, which may use it to throw away what is not for us before it queues a
     * message here. It follows the private key. Any thread may ask for one; each belongs to one thread.
     */
    public Mac1Checker newMac1Checker() {
        return new Mac1Checker(state::mac1Key);
    }

    /** For tests: what keypairs made from now on may carry. */
    void setMessageLimits(MessageLimits limits) {
        sessions.setLimits(limits);
    }

    /** Stops, removes every peer and wipes the keys. */
    @Override
    public void close() {
        stop(0);
        DynamicPeers dynamicPeers = state.dynamicPeers();
        if (dynamicPeers != null) {
            // Nobody is told of the end of all.
            state.setDynamicPeers(null);
            dynamicPeers.close();
        }
        for (Peer peer : new ArrayList<>(state.peers().values())) {
            removePeer(peer, 0);
        }
        cookieReceiver.close();
        admission.close();
        sender.close();
        sessions.close();
        handshake.close();
        state.close();
    }
}
