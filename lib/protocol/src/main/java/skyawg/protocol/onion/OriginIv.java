package skyawg.protocol.onion;

import skyawg.protocol.wire.Memory;

/**
 * Flyweight over the IV as the two ends of a message know it; on no link does it look like this. Its first 12 bytes are
 * the nonce and all 16 the additional data of the AEAD. Big-endian.
 *
 * <pre>
 *   from end to end   0 epoch 2 | 2 LSP number 2 | 4 tunnel sequence 8 | 12 path sequence 4
 *   hop message       0 FFFF 2  | 2 zero 6               | 8 sequence 4 | 12 zero 4
 * </pre>
 */
public final class OriginIv {
    /** The largest epoch: the number above it marks hop messages. */
    public static final int MAX_EPOCH = 0xfffe;

    /** Control packets are numbered from here on, so that they leave no gap among the user's. */
    public static final long CONTROL_SPACE = 1L << 63;

    private static final int LSP_NUMBER_OFFSET = 2;
    private static final int TUNNEL_SEQUENCE_OFFSET = 4;
    private static final int PATH_SEQUENCE_OFFSET = 12;
    private static final int HOP_SEQUENCE_OFFSET = 8;
    private static final long HOP_MARK = 0xffff_0000_0000_0000L;
    private static final long UNSIGNED_INT = 0xffff_ffffL;

    private OriginIv() {}

    public static int epoch(long iv) {
        return Memory.getShortBe(iv);
    }

    public static int lspNumber(long iv) {
        return Memory.getShortBe(iv + LSP_NUMBER_OFFSET);
    }

    /** Unsigned: from {@link #CONTROL_SPACE} on for control. */
    public static long tunnelSequence(long iv) {
        return Memory.getLongBe(iv + TUNNEL_SEQUENCE_OFFSET);
    }

    /** Unsigned. */
    public static int pathSequence(long iv) {
        return Memory.getIntBe(iv + PATH_SEQUENCE_OFFSET);
    }

    static void put(long iv, int epoch, int lspNumber, long tunnelSequence, int pathSequence) {
        Memory.putShortBe(iv, epoch);
        Memory.putShortBe(iv + LSP_NUMBER_OFFSET, lspNumber);
        Memory.putLongBe(iv + TUNNEL_SEQUENCE_OFFSET, tunnelSequence);
        Memory.putIntBe(iv + PATH_SEQUENCE_OFFSET, pathSequence);
    }

    /** What every control packet must carry as its tunnel sequence. */
    static long controlSequence(int pathSequence) {
        return CONTROL_SPACE | (pathSequence & UNSIGNED_INT);
    }

    static boolean isHopMessage(long iv) {
        return Memory.getLongBe(iv) == HOP_MARK && Memory.getIntBe(iv + PATH_SEQUENCE_OFFSET) == 0;
    }

    static void putHopMessage(long iv, int sequence) {
        Memory.putLongBe(iv, HOP_MARK);
        Memory.putIntBe(iv + HOP_SEQUENCE_OFFSET, sequence);
        Memory.putIntBe(iv + PATH_SEQUENCE_OFFSET, 0);
    }

    /** Unsigned. */
    static int hopSequence(long iv) {
        return Memory.getIntBe(iv + HOP_SEQUENCE_OFFSET);
    }
}
