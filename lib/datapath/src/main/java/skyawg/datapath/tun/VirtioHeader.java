package skyawg.datapath.tun;

import skyawg.protocol.wire.Memory;

/**
 * {@code struct virtio_net_hdr} (linux/virtio_net.h), in the machine's byte order.
 *
 * <pre>
 *  0       1          2               4          6            8             10
 *  +-------+----------+---------------+----------+------------+-------------+
 *  | flags | GSO type | header length | GSO size | csum start | csum offset |
 *  +-------+----------+---------------+----------+------------+-------------+
 * </pre>
 */
public final class VirtioHeader {
    public static final int SIZE = 10;
    static final int NEEDS_CSUM = 1;
    public static final int GSO_NONE = 0;
    public static final int GSO_TCPV4 = 1;
    static final int GSO_TCPV6 = 4;
    static final int GSO_UDP_L4 = 5;
    private static final int GSO_ECN = 0x80;

    private VirtioHeader() {}

    /** Makes it one of a single packet whose checksums are complete. */
    public static void clear(long header) {
        Memory.putLongLe(header, 0);
        Memory.putShortLe(header + 8, 0);
    }

    /** A superpacket's header, which leaves the transport checksum to the other side. */
    public static void put(long header, int gsoType, int headerLength, int gsoSize, int csumStart, int csumOffset) {
        Memory.putByte(header, NEEDS_CSUM);
        Memory.putByte(header + 1, gsoType);
        Memory.putShortLe(header + 2, headerLength);
        Memory.putShortLe(header + 4, gsoSize);
        Memory.putShortLe(header + 6, csumStart);
        Memory.putShortLe(header + 8, csumOffset);
    }

    static boolean needsChecksum(long header) {
        return (Memory.getByte(header) & NEEDS_CSUM) != 0;
    }

    /** The type without the ECN bit. */
    static int gsoType(long header) {
        return Memory.getByte(header + 1) & 0xff & ~GSO_ECN;
    }

    static int gsoSize(long header) {
        return Memory.getShortLe(header + 4);
    }

    static int csumStart(long header) {
        return Memory.getShortLe(header + 6);
    }

    static int csumOffset(long header) {
        return Memory.getShortLe(header + 8);
    }
}
