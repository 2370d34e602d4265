package skyawg.protocol.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.KeyVault;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.wire.UdpPath;

/**
 * Another end of the tunnel: its key, its sessions, where it is. The data path extends it with queues of its own.
 *
 * <p>The conductor owns it; packet threads may call what says so.
 */
public class Peer {
    private static final VarHandle RX_BYTES;
    private static final VarHandle TX_BYTES;
    private static final VarHandle HANDSHAKE_WISH;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            RX_BYTES = lookup.findVarHandle(Peer.class, "rxBytes", long.class);
            TX_BYTES = lookup.findVarHandle(Peer.class, "txBytes", long.class);
            HANDSHAKE_WISH = lookup.findVarHandle(Peer.class, "handshakeWish", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final PublicKey publicKey;
    private final PeerTimers timers;

    // Written by the conductor, read by packet threads.
    private volatile @Nullable Keypair current;
    private volatile @Nullable Keypair next;
    private volatile boolean isRunning;
    private volatile boolean isRemoved;
    private volatile long lastHandshakeUnixNanos;

    // Written by the conductor and by packet threads.
    private volatile @Nullable UdpPath path;
    private volatile int trailerWindow = ObfuscationProfile.INITIAL_WINDOW;

    @SuppressWarnings("unused") // by RX_BYTES
    private volatile long rxBytes;

    @SuppressWarnings("unused") // by TX_BYTES
    private volatile long txBytes;

    @SuppressWarnings("unused") // by HANDSHAKE_WISH
    private volatile boolean handshakeWish;

    // The conductor's own.
    private @Nullable Keypair previous;
    private UintRange persistentKeepalive = UintRange.ZERO;
    private final PeerHandshake handshake = new PeerHandshake();

    /** Place in the {@link TimerQueue}, which keeps it; -1 for none. */
    int queuePosition = -1;

    /** @param wake tells the conductor of a deadline; any packet thread may call it */
    @SuppressWarnings("this-escape") // the timers only keep it
    public Peer(PublicKey publicKey, TimerWake wake) {
        this.publicKey = publicKey;
        this.timers = new PeerTimers(this, wake);
    }

    public final PublicKey publicKey() {
        return publicKey;
    }

    /** Any thread. */
    public final PeerTimers timers() {
        return timers;
    }

    /** The session in use; null when there is none. Any thread. */
    public final @Nullable Keypair current() {
        return current;
    }

    /**
     * The session to send in; null when there is none. The next one as soon as the peer has used it, though the
     * conductor has not made it the current one yet: a peer that has restarted knows no other. Any thread.
     */
    public final @Nullable Keypair sending() {
        Keypair answered = next; // before the current one, behind which it is written: what has left here is there
        return answered != null && answered.isConfirmed() ? answered : current;
    }

    /** The interface is up and the peer part of it. Any thread. */
    public final boolean isRunning() {
        return isRunning;
    }

    /** Nothing may be queued for this peer any more. Any thread. */
    public final boolean isRemoved() {
        return isRemoved;
    }

    /** When the last handshake was completed, by the wall clock; 0 for never. Any thread. */
    public final long lastHandshakeUnixNanos() {
        return lastHandshakeUnixNanos;
    }

    /** Where to send; null when the peer has not been heard of and none was configured. Any thread. */
    public final @Nullable UdpPath path() {
        return path;
    }

    /**
     * Takes the source of a genuine message as the path (roaming), or a configured endpoint. The trailer window starts
     * anew when address or port have changed. Any thread; the last one wins.
     */
    public final void learnPath(UdpPath newPath) {
        UdpPath old = path;
        if (newPath.equals(old)) {
            return;
        }
        path = newPath;
        if (old == null || !newPath.hasSameRemote(old)) {
            trailerWindow = ObfuscationProfile.INITIAL_WINDOW;
        }
    }

    /** Leaves the source address to the route again. Any thread. */
    public final void forgetStickySource() {
        UdpPath old = path;
        if (old != null && old.source() != null) {
            path = old.withoutSource();
        }
    }

    /** The largest datagram seen on this path, for random trailers and padding. Any thread. */
    public final int trailerWindow() {
        return trailerWindow;
    }

    /** Any thread; a smaller value changes nothing. */
    public final void raiseTrailerWindow(int window) {
        if (window > trailerWindow) {
            trailerWindow = window;
        }
    }

    /** Any thread. */
    public final void addRxBytes(long bytes) {
        RX_BYTES.getAndAdd(this, bytes);
    }

    /** Any thread. */
    public final void addTxBytes(long bytes) {
        TX_BYTES.getAndAdd(this, bytes);
    }

    /** Any thread. */
    public final long rxBytes() {
        return rxBytes;
    }

    /** Any thread. */
    public final long txBytes() {
        return txBytes;
    }

    /**
     * Called by a packet thread that wants a handshake.
     *
     * @return true when it must tell the conductor, which calls {@link HandshakeEngine#requestHandshake}; false while
     *     it has been told and an answer or the next attempt is still to come
     */
    public final boolean claimHandshakeRequest() {
        return !handshakeWish && (boolean) HANDSHAKE_WISH.compareAndSet(this, false, true);
    }

    /** Seconds; zero is off. Conductor. */
    public final UintRange persistentKeepalive() {
        return persistentKeepalive;
    }

    /** A copy that the caller closes; empty when none is set. Conductor. */
    public final Optional<Secret> presharedKey() {
        long cell = handshake.presharedKey();
        return cell == 0 ? Optional.empty() : Optional.of(KeyVault.reveal(cell));
    }

    // Everything below is the conductor's.

    final PeerHandshake handshake() {
        return handshake;
    }

    final void setRunning(boolean running) {
        isRunning = running;
    }

    final void setRemoved() {
        isRemoved = true;
    }

    final void setPersistentKeepalive(UintRange seconds) {
        persistentKeepalive = seconds;
    }

    final void setLastHandshake(long unixNanos) {
        lastHandshakeUnixNanos = unixNanos;
    }

    /** The next wish for a handshake is to be reported again. */
    final void clearHandshakeRequest() {
        handshakeWish = false;
    }

    /** Publishes a rotation: packet threads see the new current keypair from here on. */
    final void setKeypairs(@Nullable Keypair newPrevious, @Nullable Keypair newCurrent, @Nullable Keypair newNext) {
        previous = newPrevious;
        current = newCurrent;
        next = newNext;
    }

    /** The session before the current one, still good for receiving. */
    final @Nullable Keypair previous() {
        return previous;
    }

    /** A session that we answered and the peer has not used yet. */
    final @Nullable Keypair next() {
        return next;
    }

    @Override
    public final String toString() {
        return "peer " + publicKey;
    }
}
