package skyawg.protocol.noise;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import skyawg.protocol.crypto.Aead;

/**
 * A session's two keys with all that belongs to them: the send counter, the replay window, the indices and the
 * session's own times.
 *
 * <p>The conductor makes it and publishes it through {@link Peer#current} and the {@link IndexTable}. Then the sending
 * thread owns {@link #sealer} and the receiving thread {@link #opener}, {@link #replay} and the two claims. The keys
 * exist only inside the two ciphers. Destruction takes two steps: the engine unlinks the keypair and hands it to
 * {@link Outbox#retire}; the data path calls {@link #destroy} when no packet thread can hold it any more.
 */
public final class Keypair {
    /** What {@link #reserveCounters} answers when the key may not be used any more. */
    public static final long NO_COUNTER = -1;

    private static final VarHandle SEND_COUNTER;

    static {
        try {
            SEND_COUNTER = MethodHandles.lookup().findVarHandle(Keypair.class, "sendCounter", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Peer peer;
    private final boolean isInitiator;
    private final int localIndex;
    private final int remoteIndex;
    private final long createdNanos;
    private final Aead sealer;
    private final Aead opener;
    private final ReplayWindow replay;
    private final MessageLimits limits;

    private volatile SessionTimes times;

    @SuppressWarnings("unused") // by SEND_COUNTER
    private volatile long sendCounter;

    /** Written by the receiving thread, read by the sending one. */
    private volatile boolean confirmationClaimed;

    private boolean rekeyClaimed;

    Keypair(
            Peer peer,
            boolean isInitiator,
            int localIndex,
            int remoteIndex,
            long createdNanos,
            Aead sealer,
            Aead opener,
            SessionTimes times,
            MessageLimits limits) {
        this.peer = peer;
        this.isInitiator = isInitiator;
        this.localIndex = localIndex;
        this.remoteIndex = remoteIndex;
        this.createdNanos = createdNanos;
        this.sealer = sealer;
        this.opener = opener;
        this.replay = new ReplayWindow(limits.rejectAfter());
        this.times = times;
        this.limits = limits;
        this.confirmationClaimed = isInitiator;
    }

    public Peer peer() {
        return peer;
    }

    /** True when this side began the handshake: it is then the one that renews it. */
    public boolean isInitiator() {
        return isInitiator;
    }

    /** The receiver index of messages to us. */
    public int localIndex() {
        return localIndex;
    }

    /** The receiver index to write in messages to the peer. */
    public int remoteIndex() {
        return remoteIndex;
    }

    public long createdNanos() {
        return createdNanos;
    }

    /** For the sending thread. */
    public Aead sealer() {
        return sealer;
    }

    /** For the receiving thread. */
    public Aead opener() {
        return opener;
    }

    /** For the receiving thread. */
    public ReplayWindow replay() {
        return replay;
    }

    /**
     * Takes the next {@code count} counters for sending. Any thread.
     *
     * @return the first of them, or {@link #NO_COUNTER} when the key may not carry so many more messages; it is then
     *     unusable for good
     */
    public long reserveCounters(int count) {
        long first = (long) SEND_COUNTER.getAndAdd(this, (long) count);
        long limit = limits.rejectAfter();
        if (Long.compareUnsigned(first, limit) < 0 && Long.compareUnsigned(count, limit - first) <= 0) {
            return first;
        }
        // Back to the limit, so that no number of refusals makes the counter go round. Nothing below it is handed out
        // again.
        sendCounter = limit;
        return NO_COUNTER;
    }

    /** How many counters have been taken. Unsigned. */
    public long sentCount() {
        return sendCounter;
    }

    /** Whether the key is young enough to send, and has counters left. Otherwise packets are staged. */
    public boolean isUsableForSending(long nowNanos) {
        return nowNanos - createdNanos < times.expire() && Long.compareUnsigned(sendCounter, limits.rejectAfter()) < 0;
    }

    /** Whether a message under this key may still be accepted. */
    public boolean isValidForReceiving(long nowNanos) {
        return nowNanos - createdNanos <= times.expire();
    }

    /** Asked after each batch sent: whether it is time for a new handshake. */
    public boolean isRekeyDueAfterSending(long nowNanos) {
        return Long.compareUnsigned(sendCounter, limits.rekeyAfter()) > 0
                || (isInitiator && nowNanos - createdNanos > times.rekeyAfterSending());
    }

    /**
     * Asked by the receiving thread after each batch received: whether it is time for a new handshake. True at most
     * once a session.
     */
    public boolean claimRekeyAfterReceiving(long nowNanos) {
        if (!isInitiator || rekeyClaimed || nowNanos - createdNanos <= times.rekeyAfterReceiving()) {
            return false;
        }
        rekeyClaimed = true;
        return true;
    }

    /**
     * Asked by the receiving thread after the first message that opened under this key. True once for a session that we
     * answered: the initiator has proved to have the key, and the conductor must be told by
     * {@link HandshakeEngine#onFirstTransportUnderNext}.
     */
    public boolean claimConfirmation() {
        if (confirmationClaimed) {
            return false;
        }
        confirmationClaimed = true;
        return true;
    }

    /** Whether the other end is known to have the key. Any thread. */
    boolean isConfirmed() {
        return confirmationClaimed;
    }

    /** Zeroes the keys. Once, when no thread can be using them. */
    public void destroy() {
        sealer.close();
        opener.close();
    }

    /** Whether the conductor's own reasons for a new handshake hold. */
    boolean isRekeyDue(long nowNanos) {
        return !isUsableForSending(nowNanos)
                || isRekeyDueAfterSending(nowNanos)
                || (isInitiator && nowNanos - createdNanos > times.rekeyAfterReceiving());
    }

    long keepaliveNanos() {
        return times.keepalive();
    }

    long expireNanos() {
        return times.expire();
    }

    /** After the timing parameters were changed. */
    void setTimes(SessionTimes newTimes) {
        times = newTimes;
    }

    /** No message is sent under this key any more; those of the peer are still accepted. */
    void stopSending() {
        sendCounter = limits.rejectAfter();
    }

    @Override
    public String toString() {
        return (isInitiator ? "initiator's keypair " : "responder's keypair ") + Integer.toHexString(localIndex);
    }
}
