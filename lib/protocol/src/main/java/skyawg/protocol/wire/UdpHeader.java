package skyawg.protocol.wire;

/** A UDP header (RFC 768): 0 source port, 2 destination port, 4 length with this header, 6 checksum. */
public final class UdpHeader {
    public static final int LENGTH = 8;
    public static final int LENGTH_OFFSET = 4;
    public static final int CHECKSUM_OFFSET = 6;

    private UdpHeader() {}
}
