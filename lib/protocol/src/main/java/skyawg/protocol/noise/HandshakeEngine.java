package skyawg.protocol.noise;

import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.MessageType;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.TimingParameters;
import skyawg.protocol.wire.UdpPath;

/**
 * One interface's handshakes, timers, key rotation, cookies and load. Belongs to the conductor: every method but
 * {@link #newMac1Checker} is called by one thread. {@code nowNanos} is a monotonic clock's, from 0 up; one that goes on
 * while the machine sleeps (CLOCK_BOOTTIME) lets a session that expired meanwhile be renewed at once.
 */
@SuppressWarnings({"DoNotCallSuggester", "unused"}) // bodies follow
public final class HandshakeEngine implements AutoCloseable {

    /** @param indexTable must draw from the same entropy's thread */
    public HandshakeEngine(Entropy entropy, WallClock wallClock, Aeads aeads, IndexTable indexTable, Outbox outbox) {}

    /**
     * Sets the interface's private key; all zero clears it. Nothing happens when it is the same. Otherwise handshakes
     * under way end, no session is used for sending any more and each peer may start a handshake at once.
     *
     * @param privateKey stays the caller's to close
     * @return the peer whose public key is now our own, which has been removed
     */
    public @Nullable Peer setPrivateKey(Secret privateKey, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Empty without a private key. */
    public Optional<PublicKey> publicKey() {
        throw new UnsupportedOperationException();
    }

    /** A copy that the caller closes; empty without a private key. */
    public Optional<Secret> privateKey() {
        throw new UnsupportedOperationException();
    }

    /** From here on every message is made and read by these. Sessions draw new times when the timing has changed. */
    public void setProfile(ObfuscationProfile newProfile, TimingParameters newTiming, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * Adds a peer, and starts it when the interface is up; sends nothing.
     *
     * @throws IllegalStateException when the key is there already or is our own, or there are
     *     {@link Constants#MAX_PEERS}
     */
    public void addPeer(Peer peer, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Ends the peer's sessions, drops its staged packets and forgets its keys. */
    public void removePeer(Peer peer, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    public @Nullable Peer find(PublicKey publicKey) {
        throw new UnsupportedOperationException();
    }

    /** In order of their making; do not change. */
    public Collection<Peer> peers() {
        throw new UnsupportedOperationException();
    }

    /** All zero clears it; stays the caller's to close. Counts from the next handshake on. */
    public void setPresharedKey(Peer peer, Secret presharedKey) {
        throw new UnsupportedOperationException();
    }

    /** Sends a keepalive at once when it was off and the peer is running: call it last in a change of configuration. */
    public void setPersistentKeepalive(Peer peer, UintRange seconds, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The link is up: every peer starts, those with a persistent keepalive send one. */
    public void start(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The link is down: every peer stops; sessions, handshakes and staged packets are gone. */
    public void stop(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    public boolean isRunning() {
        throw new UnsupportedOperationException();
    }

    /**
     * A received handshake message or cookie reply.
     *
     * @param candidate what it was taken for; not {@link MessageType#TRANSPORT}
     * @param message address of {@link MessageType#length} bytes, unmasked, without padding and trailer
     */
    public Verdict receive(MessageType candidate, long message, UdpPath source, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * Notes how many handshake messages wait, before the next is received.
     *
     * @return whether the interface is under load: {@link #receive} then asks for mac2
     */
    public boolean underLoad(int queueLength, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * A packet thread has packets for the peer and no usable keypair, or one that is due for renewal. Starts a
     * handshake unless there is no reason for it any more.
     */
    public void requestHandshake(Peer peer, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The first genuine message under a session that we answered ({@link Keypair#claimConfirmation}). */
    public void onFirstTransportUnderNext(Keypair keypair, long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** The answer to {@link TimerWake#wake}. */
    public void reschedule(Peer peer) {
        throw new UnsupportedOperationException();
    }

    /**
     * Acts on every timer whose deadline has come.
     *
     * @return the next deadline; {@link PeerTimers#NEVER} when there is none
     */
    public long runTimers(long nowNanos) {
        throw new UnsupportedOperationException();
    }

    /** Works out up to {@code max} secrets that handshakes will need, for idle moments. @return how many it did */
    public int prepareSecrets(int max) {
        throw new UnsupportedOperationException();
    }

    /** The newest timestamp sent, as Unix nanoseconds; 0 for none. To be kept over a restart. */
    public long timestampFloor() {
        throw new UnsupportedOperationException();
    }

    /** What {@link #timestampFloor} said before a restart: timestamps stay above it. */
    public void setTimestampFloor(long unixNanos) {
        throw new UnsupportedOperationException();
    }

    /**
     * A checker of mac1 for another thread, which may use it to throw away what is not for us before it queues a
     * message here. It follows the private key. Any thread may ask for one; each belongs to one thread.
     */
    public Mac1Checker newMac1Checker() {
        throw new UnsupportedOperationException();
    }

    /** Stops, removes every peer and wipes the keys. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
