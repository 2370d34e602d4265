package skyawg.protocol.multipath;

/**
 * How many bytes had been sent on a path up to a path sequence: kept for every 16th of the last 8192 packets, worked
 * out between them. All modulo 2^32.
 */
final class SentBytes {
    static final int REACH = 8192;

    private static final int STRIDE_SHIFT = 4;
    private static final int STRIDE = 1 << STRIDE_SHIFT;
    private static final int MARKS = REACH / STRIDE;

    /** Bytes sent before each sequence that is a multiple of the stride. */
    private final int[] marks = new int[MARKS];

    private int packets;
    private int bytes;

    void add(int length) {
        if ((packets & (STRIDE - 1)) == 0) {
            marks[markIndex(packets)] = bytes;
        }
        packets++;
        bytes += length;
    }

    /** Packets sent: the next path sequence. */
    int packets() {
        return packets;
    }

    int bytes() {
        return bytes;
    }

    /** Whether a sequence was sent, and lately enough to be known. */
    boolean covers(int sequence) {
        int age = packets - sequence;
        return age > 0 && age <= REACH - STRIDE;
    }

    /** Bytes of the packets up to and with this one, which is {@link #covers covered}. */
    int through(int sequence) {
        int count = sequence + 1;
        int base = count & -STRIDE;
        int within = count - base;
        if (within == 0) {
            return count == packets ? bytes : marks[markIndex(base)];
        }
        boolean isLastStride = packets - base <= STRIDE;
        int end = isLastStride ? bytes : marks[markIndex(base + STRIDE)];
        int span = isLastStride ? packets - base : STRIDE;
        int from = marks[markIndex(base)];
        return from + (int) ((end - from) * (long) within / span);
    }

    private static int markIndex(int sequence) {
        return sequence >>> STRIDE_SHIFT & (MARKS - 1);
    }
}
