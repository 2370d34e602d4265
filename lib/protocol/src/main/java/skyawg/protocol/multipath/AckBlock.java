package skyawg.protocol.multipath;

import skyawg.protocol.onion.Plaintext;
import skyawg.protocol.wire.Memory;

/**
 * What one end has received on one LSP, as it stands in a data packet's plaintext. Big-endian; counters since the LSP
 * began, modulo 2^32.
 *
 * <pre>
 *   0  LSP number 2 | 0 2 | highest path sequence 4 | its send time 4 | its receive time 4
 *  16  packets received 4 | bytes received 4 (lengths of bodies)
 *  24  bitmap 8: bit 63-k says whether highest-1-k was received
 * </pre>
 *
 * <p>The send time is in the clock of the data's sender, the receive time in that of the block's.
 */
public final class AckBlock {
    public static final int LENGTH = Plaintext.ACK_BLOCK_LENGTH;

    private static final int LSP_OFFSET = 0;
    private static final int RESERVED_OFFSET = 2;
    private static final int HIGHEST_OFFSET = 4;
    private static final int SENT_OFFSET = 8;
    private static final int RECEIVED_OFFSET = 12;
    private static final int PACKETS_OFFSET = 16;
    private static final int BYTES_OFFSET = 20;
    private static final int BITMAP_OFFSET = 24;

    private AckBlock() {}

    /** Writes all {@value #LENGTH} bytes. */
    public static void write(
            long block,
            int lspNumber,
            int highest,
            int sentMicros,
            int receivedMicros,
            int packets,
            int bytes,
            long bitmap) {
        Memory.putShortBe(block + LSP_OFFSET, lspNumber);
        Memory.putShortBe(block + RESERVED_OFFSET, 0);
        Memory.putIntBe(block + HIGHEST_OFFSET, highest);
        Memory.putIntBe(block + SENT_OFFSET, sentMicros);
        Memory.putIntBe(block + RECEIVED_OFFSET, receivedMicros);
        Memory.putIntBe(block + PACKETS_OFFSET, packets);
        Memory.putIntBe(block + BYTES_OFFSET, bytes);
        Memory.putLongBe(block + BITMAP_OFFSET, bitmap);
    }

    /** 0 to 65535. */
    public static int lspNumber(long block) {
        return Memory.getShortBe(block + LSP_OFFSET);
    }

    /** Serial number (RFC 1982). */
    public static int highest(long block) {
        return Memory.getIntBe(block + HIGHEST_OFFSET);
    }

    public static int sentMicros(long block) {
        return Memory.getIntBe(block + SENT_OFFSET);
    }

    public static int receivedMicros(long block) {
        return Memory.getIntBe(block + RECEIVED_OFFSET);
    }

    public static int packets(long block) {
        return Memory.getIntBe(block + PACKETS_OFFSET);
    }

    public static int bytes(long block) {
        return Memory.getIntBe(block + BYTES_OFFSET);
    }

    public static long bitmap(long block) {
        return Memory.getLongBe(block + BITMAP_OFFSET);
    }
}
