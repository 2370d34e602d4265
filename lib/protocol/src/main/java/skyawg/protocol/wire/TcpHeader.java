package skyawg.protocol.wire;

/**
 * What the data path reads and writes in a TCP header (RFC 9293 §3.1).
 *
 * <pre>
 *  0 source port  2 destination port  4 sequence  8 acknowledgment  12 data offset  13 flags  14 window  16 checksum
 * </pre>
 */
public final class TcpHeader {
    public static final int LENGTH = 20;
    public static final int SEQUENCE_OFFSET = 4;
    public static final int ACKNOWLEDGMENT_OFFSET = 8;
    public static final int DATA_OFFSET = 12;
    public static final int FLAGS_OFFSET = 13;
    public static final int CHECKSUM_OFFSET = 16;

    public static final int FIN = 0x01;
    public static final int PSH = 0x08;
    public static final int ACK = 0x10;
    public static final int CWR = 0x80;

    private TcpHeader() {}

    /** Length of the header with its options, in bytes. */
    public static int headerLength(long header) {
        return (Memory.getByte(header + DATA_OFFSET) >>> 2) & 0x3c;
    }

    public static int flags(long header) {
        return Memory.getByte(header + FLAGS_OFFSET) & 0xff;
    }
}
