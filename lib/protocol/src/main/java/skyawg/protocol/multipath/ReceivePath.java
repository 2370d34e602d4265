package skyawg.protocol.multipath;

import skyawg.protocol.wire.WireClock;

/**
 * The receiving end of one LSP: what the next ACK block says, and when one is owed.
 *
 * <p>A block is due {@value #DUE_MILLIS} ms after the first packet that none has reported, or when
 * {@value #DUE_PACKETS} have come. Packets of kind 0 are reported as well, but are in no hurry, else two ends would
 * answer each other for ever: a block is due one heartbeat after the first of them. Without that, an end that only
 * listens on a path full of long packets, which have no room for a block, would never hear that it is heard. One thread
 * at a time.
 */
public final class ReceivePath {
    static final int DUE_MILLIS = 20;
    static final int DUE_PACKETS = 64;
    /** From here on a block that can ride on data does: four to a block that would have to go alone. */
    static final int WELCOME_PACKETS = DUE_PACKETS / 4;

    static final long WELCOME_NANOS = 5_000_000;
    static final long DUE_NANOS = DUE_MILLIS * 1_000_000L;
    private static final int BITMAP_BITS = Long.SIZE;

    private final int lspNumber;
    private final OneWayDelay delay = new OneWayDelay();
    private boolean hasReceived;
    private int highest;
    private int highestSentMicros;
    private int highestReceivedMicros;
    private int packets;
    private int bytes;
    private long bitmap;
    private int unreported;
    private long firstUnreportedNanos;
    private boolean hasUnreportedCover;
    private long firstCoverNanos;
    private boolean hasCarried;
    private long lastUserDataNanos;

    public ReceivePath(int lspNumber) {
        this.lspNumber = lspNumber;
    }

    /**
     * Counts a packet that is authentic and whose path sequence is new. The copy of a packet that came on another path
     * before (scheduler {@code duplicate}) counts as well, though the window over tunnel sequences drops it: else its
     * path would look dead to the sender.
     *
     * @param sentMicros the send time in its plaintext
     * @param bodyLength ciphertext and tag
     * @param isCover whether it is of kind 0
     */
    public void onReceived(int pathSequence, int sentMicros, int bodyLength, boolean isCover, long nowNanos) {
        int nowMicros = WireClock.micros(nowNanos);
        packets++;
        bytes += bodyLength;
        delay.add(nowMicros - sentMicros, nowNanos);
        noteUnreported(isCover, nowNanos);
        int ahead = pathSequence - highest;
        if (!hasReceived || ahead > 0) {
            advance(ahead);
            highest = pathSequence;
            highestSentMicros = sentMicros;
            highestReceivedMicros = nowMicros;
        } else if (ahead < 0 && -ahead <= BITMAP_BITS) {
            bitmap |= 1L << (BITMAP_BITS + ahead);
        }
    }

    private void noteUnreported(boolean isCover, long nowNanos) {
        if (isCover && !hasUnreportedCover) {
            hasUnreportedCover = true;
            firstCoverNanos = nowNanos;
        }
        if (!isCover && unreported++ == 0) {
            firstUnreportedNanos = nowNanos;
        }
    }

    /** A packet of kind 1 came, besides {@link #onReceived}: the path is in use. */
    public void onUserData(long nowNanos) {
        hasCarried = true;
        lastUserDataNanos = nowNanos;
    }

    private void advance(int ahead) {
        if (!hasReceived) {
            hasReceived = true;
            return;
        }
        bitmap = ahead >= BITMAP_BITS ? 0 : bitmap >>> ahead;
        if (ahead <= BITMAP_BITS) {
            bitmap |= 1L << (BITMAP_BITS - ahead);
        }
    }

    /** Whether there is anything at all to report. */
    public boolean hasReceived() {
        return hasReceived;
    }

    /**
     * When a block must be sent, on a packet of kind 0 if need be; {@link Long#MAX_VALUE} when none is owed.
     *
     * @param intervalNanos {@link Heartbeat#intervalNanos}
     */
    public long ackDueNanos(long intervalNanos) {
        long due = hasUnreportedCover ? firstCoverNanos + intervalNanos : Long.MAX_VALUE;
        if (unreported == 0) {
            return due;
        }
        return Math.min(due, unreported >= DUE_PACKETS ? firstUnreportedNanos : firstUnreportedNanos + DUE_NANOS);
    }

    /** Whether a data packet with {@link AckBlock#LENGTH} bytes free should carry a block. */
    public boolean isAckWelcome(long nowNanos) {
        return unreported >= WELCOME_PACKETS || (unreported > 0 && nowNanos - firstUnreportedNanos >= WELCOME_NANOS);
    }

    /** Writes the block; nothing is owed then. Something must have been received. */
    public void writeBlock(long block) {
        AckBlock.write(block, lspNumber, highest, highestSentMicros, highestReceivedMicros, packets, bytes, bitmap);
        unreported = 0;
        hasUnreportedCover = false;
    }

    public int lspNumber() {
        return lspNumber;
    }

    /** Of everything received on this path, kind 0 included. */
    public OneWayDelay delay() {
        return delay;
    }

    /** Whether user data came within this time. */
    boolean isInUse(long withinNanos, long nowNanos) {
        return hasCarried && nowNanos - lastUserDataNanos <= withinNanos;
    }

    public int packets() {
        return packets;
    }
}
