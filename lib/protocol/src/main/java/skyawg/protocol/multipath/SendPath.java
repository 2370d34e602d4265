package skyawg.protocol.multipath;

import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.liveness.EndToEndPulse;
import skyawg.protocol.wire.WireClock;

/**
 * The sending end of one LSP: counts what is sent, and learns from ACK blocks the round trip, the one-way delay, what
 * the path carries, what it loses, and how much is queued on it.
 *
 * <p>The queue is a model: the path is taken to send out what it was given at its rate, one packet after another; each
 * ACK block sets the model right, since it tells how long the newest packet was really on its way, and what has been
 * sent after that packet is known.
 *
 * <p>One-way delays are between two clocks: only those of paths of one tunnel and direction compare.
 */
public final class SendPath {
    /** An LSP ends well before its sequence wraps. */
    static final long MAX_PACKETS = (1L << 32) - (1L << 20);

    private final int lspNumber;
    private final SentBytes sent = new SentBytes();
    private final RoundTrip roundTrip = new RoundTrip();
    private final DelayFloor delayFloor = new DelayFloor();
    private final PathRate rate = new PathRate();
    private final QueueLimit queueLimit = new QueueLimit();
    private final Suspicion suspicion;
    private PathRole role;
    private int weight;

    private long sentPackets;
    private long lastSentNanos;
    private long heartbeatNanos = EndToEndPulse.QUIET_INTERVAL;
    /** When everything given to the path will have left its narrowest link. */
    private long drainedNanos;

    private boolean hasBlock;
    private int highest;
    private int packets;
    private int bytes;
    private int lost;
    private long lostCount;

    public SendPath(int lspNumber, PathRole role, long nowNanos) {
        this.lspNumber = lspNumber;
        this.role = role;
        this.suspicion = new Suspicion(nowNanos);
        this.lastSentNanos = nowNanos;
        this.drainedNanos = nowNanos;
    }

    /**
     * Counts a packet about to be sealed.
     *
     * @param bodyLength ciphertext and tag
     * @param isUserData whether it is of kind 1
     * @return its path sequence
     */
    public int onSent(int bodyLength, boolean isUserData, long nowNanos) {
        int sequence = sent.packets();
        sent.add(bodyLength);
        sentPackets++;
        lastSentNanos = nowNanos;
        drainedNanos = Math.max(drainedNanos, nowNanos) + transmissionNanos(bodyLength);
        if (isUserData) {
            suspicion.onUserDataSent(sequence, nowNanos);
        }
        return sequence;
    }

    /**
     * Takes an ACK block about this LSP, whichever path it came on. One that is older than the newest, or speaks of
     * packets never sent, is ignored.
     *
     * @param blockSentMicros send time of the packet that carried it, in its sender's clock
     * @return whether it advanced
     */
    public boolean onAck(long block, int blockSentMicros, long nowNanos) {
        int blockHighest = AckBlock.highest(block);
        int blockPackets = AckBlock.packets(block);
        if (sent.packets() - blockHighest <= 0 || !isNewer(blockHighest, blockPackets)) {
            return false;
        }
        int sentMicros = AckBlock.sentMicros(block);
        int receivedMicros = AckBlock.receivedMicros(block);
        int losses = countLosses(blockHighest + 1 - blockPackets);
        if (!hasBlock || blockHighest != highest) {
            int ageMicros = WireClock.micros(nowNanos) - sentMicros;
            int holdMicros = blockSentMicros - receivedMicros;
            roundTrip.add((ageMicros - holdMicros) * WireClock.NANOS_PER_MICRO, nowNanos);
            delayFloor.add(receivedMicros - sentMicros, nowNanos);
            long queueNanos = (receivedMicros - sentMicros - delayFloor.micros()) * WireClock.NANOS_PER_MICRO;
            rate.add(AckBlock.bytes(block), receivedMicros, queueNanos);
            queueLimit.add(queueNanos, losses, roundTrip.minNanos(), nowNanos);
            correctQueue(blockHighest, nowNanos - ageMicros * WireClock.NANOS_PER_MICRO + queueNanos);
        }
        hasBlock = true;
        highest = blockHighest;
        packets = blockPackets;
        bytes = AckBlock.bytes(block);
        suspicion.onAdvance(blockHighest, nowNanos);
        return true;
    }

    private boolean isNewer(int blockHighest, int blockPackets) {
        return !hasBlock || blockHighest - highest > 0 || (blockHighest == highest && blockPackets - packets > 0);
    }

    /** @param leftNanos when the newest packet that arrived had left the narrowest link, by its delay */
    private void correctQueue(int blockHighest, long leftNanos) {
        if (sent.covers(blockHighest)) {
            int after = sent.bytes() - sent.through(blockHighest);
            drainedNanos = Math.max(leftNanos + transmissionNanos(after), lastSentNanos);
        }
    }

    /** @return packets that are missing now and were not before */
    private int countLosses(int missing) {
        int losses = Math.max(0, missing - lost);
        lostCount += losses;
        lost = missing;
        return losses;
    }

    private long transmissionNanos(int length) {
        return (long) (length / rate.bytesPerNano());
    }

    /** Time until a packet given to the path now would leave its narrowest link, in nanoseconds. */
    long queueNanos(int length, long nowNanos) {
        return Math.max(0, drainedNanos - nowNanos) + transmissionNanos(length);
    }

    /** When a packet given to the path now would arrive, from now, and up to a constant that all paths share. */
    long arrivalNanos(int length, long nowNanos, int referenceMicros) {
        return (delayFloor.micros() - referenceMicros) * WireClock.NANOS_PER_MICRO + queueNanos(length, nowNanos);
    }

    /** Whether one more packet fits in the queue without loss, as far as is known. */
    boolean hasRoom(int length, long nowNanos) {
        return queueNanos(length, nowNanos) <= queueLimit.nanos();
    }

    /** Whether a first ACK block has come. */
    public boolean isMeasured() {
        return hasBlock;
    }

    int delayFloorMicros() {
        return delayFloor.micros();
    }

    /** Looks at the clock. @return whether the path has become suspect just now */
    boolean checkSuspicion(long intervalNanos, long nowNanos) {
        return suspicion.check(nowNanos, roundTrip, intervalNanos, sent.packets());
    }

    /** Somebody else has found that the path is broken. */
    void suspect() {
        suspicion.suspect(sent.packets());
    }

    /** Whether traffic should avoid the path. */
    public boolean isSuspect() {
        return suspicion.isSuspect();
    }

    /**
     * When something must be sent for the other end's sake.
     *
     * @param intervalNanos {@link Heartbeat#intervalNanos}
     */
    public long heartbeatDueNanos(long intervalNanos) {
        return lastSentNanos + Math.min(heartbeatNanos, intervalNanos * 5 / 4);
    }

    /** Draws the next heartbeat's distance: at each one that is sent, and when the interval changes. */
    public void drawHeartbeat(long intervalNanos, Entropy entropy) {
        heartbeatNanos = EndToEndPulse.jittered(intervalNanos, EndToEndPulse.drawJitter(entropy));
    }

    public int lspNumber() {
        return lspNumber;
    }

    public PathRole role() {
        return role;
    }

    void setRole(PathRole newRole) {
        role = newRole;
    }

    /**
     * Share for {@link WeightedScheduler}, relative to those of the tunnel's other paths; 0 on all of them: by what
     * each carries.
     */
    public void setWeight(int newWeight) {
        weight = newWeight;
    }

    double share() {
        return weight > 0 ? weight : rate.bytesPerNano();
    }

    /** Whether the LSP must be replaced before its sequence wraps. */
    public boolean isWornOut() {
        return sentPackets >= MAX_PACKETS;
    }

    /** 0 before the first sample. */
    public long roundTripNanos() {
        return roundTrip.smoothedNanos();
    }

    public long roundTripVariationNanos() {
        return roundTrip.variationNanos();
    }

    /** What the other end received lately. */
    public long deliveredBytesPerSecond() {
        return rate.deliveredBytesPerSecond();
    }

    /** What the path is taken to carry. */
    public long capacityBytesPerSecond() {
        return (long) (rate.bytesPerNano() * 1_000_000_000L);
    }

    /** Bytes on their way at which the path carries all it can and loses nothing, as far as is known. */
    public long windowBytes() {
        return (long) (rate.bytesPerNano() * (roundTrip.minNanos() + queueLimit.nanos()));
    }

    /** Bytes sent after the newest packet that arrived; what was lost before it does not count. */
    public long inFlightBytes() {
        return !hasBlock
                ? Integer.toUnsignedLong(sent.bytes())
                : sent.covers(highest) ? Integer.toUnsignedLong(sent.bytes() - sent.through(highest)) : 0;
    }

    public long sentPackets() {
        return sentPackets;
    }

    /** Packets that did not arrive, or did so after a later one of this path and were counted once as missing. */
    public long lostCount() {
        return lostCount;
    }

    /** Bytes that the other end received, modulo 2^32. */
    public int ackedBytes() {
        return bytes;
    }
}
