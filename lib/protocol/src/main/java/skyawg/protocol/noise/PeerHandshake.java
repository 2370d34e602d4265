package skyawg.protocol.noise;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.Secret;
import skyawg.protocol.wire.Memory;

/**
 * A peer's share of the handshake: what must be known between two messages. The conductor's.
 *
 * <p>Only an initiation that we sent makes a state that waits. Answering one takes a single step, so it leaves no half
 * handshake behind, and our own initiation under way stays answerable: when both ends begin at the same moment, both
 * handshakes succeed.
 */
final class PeerHandshake implements AutoCloseable {
    private static final byte[] NO_TIMESTAMP = new byte[Tai64n.LENGTH];

    /** Our initiation that waits for its response. */
    private @Nullable PendingInitiation pending;

    // Sending.
    /** Initiations sent again since the first of this attempt. */
    int attempts;
    /** Above this many the attempt is given up. */
    int maxAttempts;
    /** Initiations in a row without a completed handshake. */
    int unanswered;
    /** The newest stamp sent to this peer, Unix nanoseconds; 0 for none. Kept as long as the peer. */
    long lastStamp;

    private boolean hasSent;
    private long lastSentNanos;

    // Receiving.
    /** The newest stamp accepted of this peer. Kept as long as the peer. */
    private final byte[] newestTimestamp = new byte[Tai64n.LENGTH];

    private boolean hasAccepted;
    private long lastAcceptedNanos;

    private final CookieJar cookies = new CookieJar();
    private long presharedKey;
    private long staticStatic;
    private boolean isLowOrder;

    @Nullable
    PendingInitiation pending() {
        return pending;
    }

    void setPending(PendingInitiation newPending) {
        pending = newPending;
    }

    /** Forgets our initiation under way and frees its index. */
    void abandon(IndexTable indexTable) {
        if (pending != null) {
            indexTable.release(pending.localIndex());
            pending.close();
            pending = null;
        }
    }

    /** Our initiation was answered: its index belongs to the session now. */
    void closePending() {
        if (pending != null) {
            pending.close();
            pending = null;
        }
    }

    /** A handshake message is being sent. */
    void noteSent(long nowNanos) {
        hasSent = true;
        lastSentNanos = nowNanos;
    }

    /** An initiation may be sent at once. */
    void forgetSent() {
        hasSent = false;
    }

    /** When the next initiation may be sent, never before now. */
    long earliestInitiation(long minRekeyTimeout, long nowNanos) {
        return hasSent ? Math.max(nowNanos, lastSentNanos + minRekeyTimeout) : nowNanos;
    }

    boolean isNewer(byte[] timestamp) {
        return Tai64n.isAfter(timestamp, newestTimestamp);
    }

    /** Whether a stamp of this peer was accepted, now or when it was here before. */
    boolean hasTimestamp() {
        return Tai64n.isAfter(newestTimestamp, NO_TIMESTAMP);
    }

    /** A copy; zeros for none. */
    byte[] newestTimestamp() {
        return newestTimestamp.clone();
    }

    /** The newest stamp accepted when this peer was here before. */
    void recallTimestamp(byte[] timestamp) {
        System.arraycopy(timestamp, 0, newestTimestamp, 0, Tai64n.LENGTH);
    }

    boolean isTooFrequent(long nowNanos) {
        return hasAccepted && nowNanos - lastAcceptedNanos <= Constants.HANDSHAKE_INITIATION_SPACING;
    }

    void noteAccepted(byte[] timestamp, long nowNanos) {
        System.arraycopy(timestamp, 0, newestTimestamp, 0, Tai64n.LENGTH);
        hasAccepted = true;
        lastAcceptedNanos = nowNanos;
    }

    CookieJar cookies() {
        return cookies;
    }

    /** Address of the preshared key; 0 when none is set. */
    long presharedKey() {
        return presharedKey;
    }

    /** All zero clears it. */
    void setPresharedKey(Secret secret) {
        if (presharedKey != 0) {
            KeyVault.release(presharedKey);
            presharedKey = 0;
        }
        if (!secret.isZero()) {
            presharedKey = KeyVault.store(secret);
        }
    }

    /** Takes a copy of the key at this address. */
    void setPresharedKey(long address) {
        if (presharedKey == 0) {
            presharedKey = KeyVault.allocate();
        }
        Memory.copy(address, presharedKey, KeyVault.KEY_LENGTH);
    }

    /** Whether {@link #staticStatic} has its answer ready. */
    boolean isPrepared() {
        return staticStatic != 0 || isLowOrder;
    }

    /**
     * Address of the secret shared by the two static keys, worked out when it is first asked for: all at once they
     * would hold up a change of the private key for a second per ten thousand peers.
     *
     * @return 0 when the peer's key is of low order, so that there can be no handshake with it
     */
    long staticStatic(LocalIdentity self, byte[] peerKey) {
        if (!isPrepared()) {
            long cell = KeyVault.allocate();
            isLowOrder = !self.privateKey().agree(peerKey, 0, cell);
            if (isLowOrder) {
                KeyVault.release(cell);
            } else {
                staticStatic = cell;
            }
        }
        return staticStatic;
    }

    /** Takes over the cell of the secret shared by the two static keys, which was worked out before the peer was. */
    void setStaticStatic(long cell) {
        forgetStaticStatic();
        staticStatic = cell;
    }

    /** After a change of our private key. */
    void forgetStaticStatic() {
        if (staticStatic != 0) {
            KeyVault.release(staticStatic);
            staticStatic = 0;
        }
        isLowOrder = false;
    }

    /** Wipes the keys; the peer is removed. */
    @Override
    public void close() {
        closePending();
        forgetStaticStatic();
        if (presharedKey != 0) {
            KeyVault.release(presharedKey);
            presharedKey = 0;
        }
        Arrays.fill(newestTimestamp, (byte) 0);
    }
}
