package skyawg.protocol.mpls;

import skyawg.protocol.wire.Memory;

/**
 * The header of a message on the associated channel (RFC 4385 §5, RFC 5586 §2): {@code 10 00 | channel type 2}.
 *
 * <p>Types 7FF8 to 7FFF are for experiments (RFC 5586 §10).
 */
public final class ChannelHeader {
    public static final int LENGTH = 4;

    /** RFC 5885 §3.2: BFD control packet without IP. */
    public static final int BFD = 0x0007;

    public static final int SET_UP = 0x7ff8;
    public static final int REPLY = 0x7ff9;
    public static final int RELEASE = 0x7ffa;
    public static final int RECORD = 0x7ffb;
    public static final int LINK_TEST = 0x7ffc;

    private static final int FIRST_HALF = 0x1000;
    private static final int TYPE_OFFSET = 2;

    private ChannelHeader() {}

    /** The whole header as a number. */
    public static int of(int type) {
        return FIRST_HALF << Short.SIZE | type;
    }

    public static void write(long message, int type) {
        Memory.putIntBe(message, of(type));
    }

    /** Of a payload that {@link LinkPayload#classify} called a channel message. */
    public static int type(long message) {
        return Memory.getShortBe(message + TYPE_OFFSET);
    }
}
