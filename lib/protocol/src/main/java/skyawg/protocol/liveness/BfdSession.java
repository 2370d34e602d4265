package skyawg.protocol.liveness;

import skyawg.protocol.crypto.Entropy;

/**
 * BFD on an adjacency that carries LSPs (RFC 5880, asynchronous mode): both ends send a packet in each interval, and
 * three intervals without one are a failure.
 *
 * <pre>
 *               received           Down      Init      Up        AdminDown   detection time over
 *   Down                           Init      Up        -         -           -
 *   Init                           -         Up        Up        Down        Down
 *   Up                             Down      -         -         Down        Down
 * </pre>
 *
 * <p>Different from the RFC, since everything on the link is authenticated:
 *
 * <ul>
 *   <li>The interval is 50 ms from the first packet on. A session that is up and idle goes to 1 s by poll and final,
 *       and back when it is busy.
 *   <li>Any authenticated packet from the neighbour restarts detection ({@link #heard}).
 *   <li>While both ends are up and no poll is under way, a packet is due only when nothing else went to the neighbour
 *       in the interval ({@link #sent}). Before that it is always due: data would hold up the coming up of a session
 *       whose last packet was lost.
 * </ul>
 *
 * <p>The conductor's. Packet threads keep the times of their last packets; the conductor hands them over by
 * {@code heard} and {@code sent} before it calls {@link #advance}.
 */
public final class BfdSession {
    /** No deadline. */
    public static final long NEVER = Long.MAX_VALUE;

    static final int BUSY_MICROS = 50_000;
    static final int IDLE_MICROS = 1_000_000;
    static final int MULTIPLIER = 3;

    private static final long NANOS_PER_MICRO = 1_000L;

    private final Entropy entropy;
    private final BfdListener listener;
    private final int localDiscriminator;
    private BfdState state = BfdState.DOWN;
    private BfdDiagnostic diagnostic = BfdDiagnostic.NONE;
    private boolean isBusy = true;

    /** What we say: both of our intervals. */
    private int statedMicros = BUSY_MICROS;
    /** What we send by: a longer interval waits for the end of the poll (RFC 5880 §6.8.3). */
    private int txMicros = BUSY_MICROS;
    /** What we detect by: a shorter interval waits for the end of the poll. */
    private int rxMicros = BUSY_MICROS;

    private boolean isPolling;
    private boolean isFinalDue;
    private boolean isSendDue = true;

    private BfdState remoteState = BfdState.DOWN;
    private int remoteDiscriminator;
    private long remoteRequiredRxMicros = 1;
    private long remoteDesiredTxMicros;
    private int remoteMultiplier;

    private long lastHeardNanos;
    private long lastSentNanos;
    private long nextSendNanos;

    /** The first packet is due at once. */
    public BfdSession(Entropy entropy, BfdListener listener, long nowNanos) {
        this.entropy = entropy;
        this.listener = listener;
        this.localDiscriminator = (int) entropy.uniform(1, 0xffff_ffffL);
        this.lastHeardNanos = nowNanos;
        this.lastSentNanos = nowNanos;
        this.nextSendNanos = nowNanos;
    }

    public BfdState state() {
        return state;
    }

    /** Why the session last went down. */
    public BfdDiagnostic diagnostic() {
        return diagnostic;
    }

    public int localDiscriminator() {
        return localDiscriminator;
    }

    /** How long the neighbour may be silent; {@link #NEVER} in a session that is down. */
    public long detectionNanos() {
        boolean isDetecting = state == BfdState.UP || state == BfdState.INIT;
        return isDetecting ? remoteMultiplier * Math.max(rxMicros, remoteDesiredTxMicros) * NANOS_PER_MICRO : NEVER;
    }

    /** Whether a confirmed LSP over the adjacency had packets in the last five seconds. */
    public void setBusy(boolean busy, long nowNanos) {
        isBusy = busy;
        adjustIntervals(nowNanos);
    }

    /** Has a session that is up ask its neighbour for an answer, which a poll gets at once. */
    public void poll() {
        if (state == BfdState.UP) {
            isPolling = true;
            isSendDue = true;
        }
    }

    /** An authenticated packet of any kind came from the neighbour at that time, which may lie in the past. */
    public void heard(long timeNanos) {
        if (timeNanos - lastHeardNanos > 0) {
            lastHeardNanos = timeNanos;
        }
    }

    /** An authenticated packet of any kind went to the neighbour at that time, which may lie in the past. */
    public void sent(long timeNanos) {
        if (timeNanos - lastSentNanos > 0) {
            lastSentNanos = timeNanos;
        }
    }

    /**
     * A BFD packet came (RFC 5880 §6.8.6).
     *
     * @param length bytes at {@code packet}, with the link's padding
     */
    public BfdVerdict receive(long packet, int length, long nowNanos) {
        BfdVerdict verdict = BfdPacket.check(packet, length);
        if (verdict != BfdVerdict.ACCEPTED) {
            return verdict;
        }
        int yours = BfdPacket.yours(packet);
        if (yours != 0 && yours != localDiscriminator) {
            return BfdVerdict.BAD_DISCRIMINATOR;
        }
        remoteDiscriminator = BfdPacket.mine(packet);
        remoteState = BfdPacket.state(packet);
        remoteRequiredRxMicros = BfdPacket.requiredRxMicros(packet);
        remoteDesiredTxMicros = BfdPacket.desiredTxMicros(packet);
        remoteMultiplier = BfdPacket.multiplier(packet);
        if (isPolling && BfdPacket.isFinal(packet)) {
            endPoll(nowNanos);
        }
        heard(nowNanos);
        followNeighbour(nowNanos);
        if (BfdPacket.isPoll(packet)) {
            isFinalDue = true;
            isSendDue = true;
        }
        return BfdVerdict.ACCEPTED;
    }

    /**
     * Lets time pass.
     *
     * @return true when a packet is to be sent now: {@link #write} it
     */
    public boolean advance(long nowNanos) {
        long detection = detectionNanos();
        if (detection != NEVER && nowNanos - lastHeardNanos >= detection) {
            remoteDiscriminator = 0;
            remoteState = BfdState.DOWN;
            remoteRequiredRxMicros = 1;
            change(BfdState.DOWN, BfdDiagnostic.DETECTION_TIME_EXPIRED, nowNanos);
        }
        if (isSendDue) {
            return true;
        }
        if (remoteRequiredRxMicros == 0 || nowNanos - nextSendNanos < 0) {
            return false;
        }
        if (isSilenceAllowed() && nowNanos - lastSentNanos < intervalNanos()) {
            long next = lastSentNanos + jitteredInterval();
            if (nowNanos - next < 0) {
                nextSendNanos = next;
                return false;
            }
        }
        return true;
    }

    /**
     * When {@link #advance} next has something to do. It may have been moved to later by {@code heard} and
     * {@code sent}.
     */
    public long nextDeadline() {
        if (isSendDue) {
            return lastHeardNanos;
        }
        long detection = detectionNanos();
        boolean isQuiet = remoteRequiredRxMicros == 0;
        if (detection == NEVER) {
            return isQuiet ? NEVER : nextSendNanos;
        }
        long failure = lastHeardNanos + detection;
        return isQuiet || failure - nextSendNanos < 0 ? failure : nextSendNanos;
    }

    /** Writes the packet that is due, {@link BfdPacket#LENGTH} bytes. */
    public void write(long packet, long nowNanos) {
        int flags = isFinalDue ? BfdPacket.FINAL : isPolling ? BfdPacket.POLL : 0;
        BfdPacket.write(
                packet,
                state,
                diagnostic,
                flags,
                MULTIPLIER,
                localDiscriminator,
                remoteDiscriminator,
                statedMicros,
                statedMicros);
        // A poll that gave way to a final goes next.
        isSendDue = isFinalDue && isPolling;
        isFinalDue = false;
        nextSendNanos = nowNanos + jitteredInterval();
    }

    private void followNeighbour(long nowNanos) {
        switch (state) {
            case DOWN -> {
                if (remoteState == BfdState.DOWN) {
                    change(BfdState.INIT, BfdDiagnostic.NONE, nowNanos);
                } else if (remoteState == BfdState.INIT) {
                    change(BfdState.UP, BfdDiagnostic.NONE, nowNanos);
                }
            }
            case INIT -> {
                if (remoteState == BfdState.ADMIN_DOWN) {
                    change(BfdState.DOWN, BfdDiagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN, nowNanos);
                } else if (remoteState != BfdState.DOWN) {
                    change(BfdState.UP, BfdDiagnostic.NONE, nowNanos);
                }
            }
            case UP -> {
                if (remoteState == BfdState.ADMIN_DOWN || remoteState == BfdState.DOWN) {
                    change(BfdState.DOWN, BfdDiagnostic.NEIGHBOR_SIGNALED_SESSION_DOWN, nowNanos);
                }
            }
            case ADMIN_DOWN -> throw new IllegalStateException("a session is ended, not put to admin down");
        }
    }

    private void change(BfdState to, BfdDiagnostic reason, long nowNanos) {
        BfdState from = state;
        state = to;
        diagnostic = reason;
        isSendDue = true;
        adjustIntervals(nowNanos);
        listener.stateChanged(from, to, reason);
    }

    /** Only a session that is up may be slow, and changes by poll. */
    private void adjustIntervals(long nowNanos) {
        int wanted = isBusy || state != BfdState.UP ? BUSY_MICROS : IDLE_MICROS;
        if (state != BfdState.UP) {
            isPolling = false;
            statedMicros = wanted;
            txMicros = wanted;
            rxMicros = wanted;
            hastenSending(nowNanos);
        } else if (wanted != statedMicros) {
            statedMicros = wanted;
            txMicros = Math.min(txMicros, wanted);
            rxMicros = Math.max(rxMicros, wanted);
            isPolling = true;
            isSendDue = true;
            hastenSending(nowNanos);
        }
    }

    private void endPoll(long nowNanos) {
        isPolling = false;
        txMicros = statedMicros;
        rxMicros = statedMicros;
        hastenSending(nowNanos);
    }

    private void hastenSending(long nowNanos) {
        long latest = nowNanos + intervalNanos();
        if (latest - nextSendNanos < 0) {
            nextSendNanos = latest;
        }
    }

    private boolean isSilenceAllowed() {
        return state == BfdState.UP && remoteState == BfdState.UP && !isPolling;
    }

    private long intervalNanos() {
        return Math.max(txMicros, remoteRequiredRxMicros) * NANOS_PER_MICRO;
    }

    /** RFC 5880 §6.8.7: 75 to 100 per cent, so that neighbours do not fall into step. */
    private long jitteredInterval() {
        long interval = intervalNanos();
        return entropy.uniform(interval - interval / 4, interval);
    }
}
