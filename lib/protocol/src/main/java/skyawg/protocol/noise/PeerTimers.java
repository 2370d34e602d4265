package skyawg.protocol.noise;

/**
 * The five one-shot timers of a peer (WireGuard paper §6), as deadlines.
 *
 * <table>
 *   <caption>who arms and who cancels</caption>
 *   <tr><td>retransmit handshake</td><td>conductor</td></tr>
 *   <tr><td>passive keepalive</td><td>armed when data is received, cancelled when anything is sent</td></tr>
 *   <tr><td>new handshake</td><td>armed when data is sent, cancelled when anything is received</td></tr>
 *   <tr><td>zero keys</td><td>conductor</td></tr>
 *   <tr><td>persistent keepalive</td><td>moved on when anything is sent or received</td></tr>
 * </table>
 *
 * <p>The events are called by the packet threads once for a batch: usually a volatile read, rarely a write. Only the
 * conductor acts on a deadline. A packet thread that arms one earlier than the conductor was going to look calls
 * {@link TimerWake}; a cancelled or moved deadline needs no call, the conductor looks again when the old one comes.
 * Delays are drawn by the conductor beforehand, since an {@link skyawg.protocol.crypto.Entropy} belongs to one thread.
 */
public final class PeerTimers {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    private final Peer peer;
    private final TimerWake wake;

    private volatile boolean active;
    private volatile long passiveKeepalive = NEVER;
    private volatile boolean needsAnotherKeepalive;
    private volatile long newHandshake = NEVER;
    private volatile long lastSent;
    private volatile long lastReceived;

    private volatile long passiveKeepaliveDelay;
    private volatile long newHandshakeDelay;
    private volatile boolean isKeptAlive;
    private volatile boolean isTimed;

    private volatile long scheduled = NEVER;
    private volatile boolean wakeUnderWay;

    // The conductor's own.
    private long retransmit = NEVER;
    private long zeroKeys = NEVER;
    private long persistentKeepaliveDelay;

    PeerTimers(Peer peer, TimerWake wake) {
        this.peer = peer;
        this.wake = wake;
    }

    /** A data message, not a keepalive, was sent. */
    public void onDataSent(long nowNanos) {
        if (active && newHandshake == NEVER) {
            long deadline = nowNanos + newHandshakeDelay;
            newHandshake = deadline;
            wakeIfEarlier(deadline);
        }
    }

    /** A data message, not a keepalive, was received. */
    public void onDataReceived(long nowNanos) {
        if (!active) {
            return;
        }
        if (passiveKeepalive == NEVER) {
            long deadline = nowNanos + passiveKeepaliveDelay;
            passiveKeepalive = deadline;
            wakeIfEarlier(deadline);
        } else if (!needsAnotherKeepalive) {
            needsAnotherKeepalive = true;
        }
    }

    /** Data, a keepalive or a handshake message was sent. */
    public void onAuthenticatedSent(long nowNanos) {
        if (passiveKeepalive != NEVER) {
            passiveKeepalive = NEVER;
        }
        if (isKeptAlive || isTimed) {
            lastSent = nowNanos;
        }
    }

    /** Data, a keepalive or a handshake message was received and found genuine. */
    public void onAuthenticatedReceived(long nowNanos) {
        if (newHandshake != NEVER) {
            newHandshake = NEVER;
        }
        if (isKeptAlive || isTimed) {
            lastReceived = nowNanos;
        }
    }

    // Everything below is the conductor's.

    /** Says whether {@link #lastSentNanos} and {@link #lastReceivedNanos} are kept. */
    public void setTimed(boolean timed) {
        isTimed = timed;
    }

    /** When something authenticated was last sent, of a peer whose times are kept. */
    public long lastSentNanos() {
        return lastSent;
    }

    /** When something authenticated was last received, of a peer whose times are kept. */
    public long lastReceivedNanos() {
        return lastReceived;
    }

    /** The peer runs: from here on events count. */
    void start(long nowNanos) {
        clear();
        lastSent = nowNanos;
        lastReceived = nowNanos;
        active = true;
    }

    void stop() {
        active = false;
        clear();
    }

    boolean isActive() {
        return active;
    }

    private void clear() {
        passiveKeepalive = NEVER;
        needsAnotherKeepalive = false;
        newHandshake = NEVER;
        retransmit = NEVER;
        zeroKeys = NEVER;
    }

    void setDelays(long passiveKeepaliveNanos, long newHandshakeNanos) {
        passiveKeepaliveDelay = passiveKeepaliveNanos;
        newHandshakeDelay = newHandshakeNanos;
    }

    void setNewHandshakeDelay(long nanos) {
        newHandshakeDelay = nanos;
    }

    /** Counts from the last packet either way; 0 switches it off. */
    void setPersistentKeepalive(long delayNanos) {
        persistentKeepaliveDelay = delayNanos;
        isKeptAlive = delayNanos != 0;
    }

    /** The timer is counted from now on, as if a packet had just passed. */
    void restartPersistentKeepalive(long nowNanos) {
        lastSent = nowNanos;
    }

    void armRetransmit(long deadline) {
        retransmit = deadline;
    }

    void armZeroKeys(long deadline) {
        zeroKeys = deadline;
    }

    void rearmPassiveKeepalive(long nowNanos) {
        passiveKeepalive = nowNanos + passiveKeepaliveDelay;
    }

    void cancelRetransmit() {
        retransmit = NEVER;
    }

    void cancelPassiveKeepalive() {
        passiveKeepalive = NEVER;
    }

    void cancelNewHandshake() {
        newHandshake = NEVER;
    }

    void cancelZeroKeys() {
        zeroKeys = NEVER;
    }

    long retransmit() {
        return retransmit;
    }

    long zeroKeys() {
        return zeroKeys;
    }

    long passiveKeepalive() {
        return passiveKeepalive;
    }

    long newHandshake() {
        return newHandshake;
    }

    long persistentKeepalive() {
        return isKeptAlive && active ? Math.max(lastSent, lastReceived) + persistentKeepaliveDelay : NEVER;
    }

    boolean takeNeedsAnotherKeepalive() {
        boolean needed = needsAnotherKeepalive;
        needsAnotherKeepalive = false;
        return needed;
    }

    /** The earliest of the five. */
    long earliest() {
        if (!active) {
            return NEVER;
        }
        long conductors = Math.min(retransmit, zeroKeys);
        long packets = Math.min(passiveKeepalive, newHandshake);
        return Math.min(Math.min(conductors, packets), persistentKeepalive());
    }

    /** When the conductor is going to look; {@link #NEVER} when it is not. */
    long scheduled() {
        return scheduled;
    }

    /**
     * Publishes when the conductor is going to look, which is {@link #earliest}.
     *
     * <p>A packet thread writes its deadline and then reads {@code scheduled}; this writes {@code scheduled} and then
     * reads the deadlines again. With volatile order one of the two sees the other, so no deadline is overlooked.
     */
    long schedule() {
        wakeUnderWay = false;
        long deadline = earliest();
        scheduled = deadline;
        for (long again = earliest(); again < deadline; again = earliest()) {
            deadline = again;
            scheduled = deadline;
        }
        return deadline;
    }

    private void wakeIfEarlier(long deadline) {
        if (deadline < scheduled && !wakeUnderWay) {
            wakeUnderWay = true;
            wake.wake(peer);
        }
    }
}
