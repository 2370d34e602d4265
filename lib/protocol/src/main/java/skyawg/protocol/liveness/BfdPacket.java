package skyawg.protocol.liveness;

import skyawg.protocol.mpls.ChannelHeader;
import skyawg.protocol.wire.Memory;

/**
 * A BFD control packet (RFC 5880 §4.1) on the associated channel, without IP (RFC 5885 §3.2); intervals in
 * microseconds, unsigned.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   |           10 00               |            00 07              |
 *   |Vers |  Diag   |Sta|P|F|C|A|D|M|  Detect Mult  |  Length = 24  |
 *   |                       My Discriminator                        |
 *   |                      Your Discriminator                       |
 *   |                    Desired Min TX Interval                    |
 *   |                   Required Min RX Interval                    |
 *   |                 Required Min Echo RX Interval = 0             |
 * </pre>
 */
public final class BfdPacket {
    /** With the channel header. */
    public static final int LENGTH = 28;

    static final int POLL = 0x20;
    static final int FINAL = 0x10;

    private static final int VERSION_OFFSET = 4;
    private static final int FLAGS_OFFSET = 5;
    private static final int MULTIPLIER_OFFSET = 6;
    private static final int LENGTH_OFFSET = 7;
    private static final int MINE_OFFSET = 8;
    private static final int YOURS_OFFSET = 12;
    private static final int TX_OFFSET = 16;
    private static final int RX_OFFSET = 20;
    private static final int ECHO_OFFSET = 24;

    private static final int VERSION = 1;
    private static final int STATED_LENGTH = 24;
    /** Authentication present, demand, multipoint. */
    private static final int NEVER_SET = 0x07;

    private BfdPacket() {}

    /** @param flags {@link #POLL}, {@link #FINAL} or 0 */
    static void write(
            long packet,
            BfdState state,
            BfdDiagnostic diagnostic,
            int flags,
            int multiplier,
            int mine,
            int yours,
            int desiredTxMicros,
            int requiredRxMicros) {
        ChannelHeader.write(packet, ChannelHeader.BFD);
        Memory.putByte(packet + VERSION_OFFSET, VERSION << 5 | diagnostic.code());
        Memory.putByte(packet + FLAGS_OFFSET, state.code() << 6 | flags);
        Memory.putByte(packet + MULTIPLIER_OFFSET, multiplier);
        Memory.putByte(packet + LENGTH_OFFSET, STATED_LENGTH);
        Memory.putIntBe(packet + MINE_OFFSET, mine);
        Memory.putIntBe(packet + YOURS_OFFSET, yours);
        Memory.putIntBe(packet + TX_OFFSET, desiredTxMicros);
        Memory.putIntBe(packet + RX_OFFSET, requiredRxMicros);
        Memory.putIntBe(packet + ECHO_OFFSET, 0);
    }

    /**
     * The checks of RFC 5880 §6.8.6 that need no session. Bytes behind the packet are the link's padding.
     *
     * @param length bytes at {@code packet}
     */
    static BfdVerdict check(long packet, int length) {
        if (length < LENGTH) {
            return BfdVerdict.BAD_LENGTH;
        }
        if ((Memory.getByte(packet + VERSION_OFFSET) & 0xff) >>> 5 != VERSION) {
            return BfdVerdict.BAD_VERSION;
        }
        if (Memory.getByte(packet + LENGTH_OFFSET) != STATED_LENGTH) {
            return BfdVerdict.BAD_LENGTH;
        }
        int flags = Memory.getByte(packet + FLAGS_OFFSET);
        boolean isPollAndFinal = (flags & (POLL | FINAL)) == (POLL | FINAL);
        if ((flags & NEVER_SET) != 0 || isPollAndFinal || multiplier(packet) == 0) {
            return BfdVerdict.BAD_FLAGS;
        }
        boolean mayMissYours = state(packet) == BfdState.DOWN || state(packet) == BfdState.ADMIN_DOWN;
        if (mine(packet) == 0 || (yours(packet) == 0 && !mayMissYours)) {
            return BfdVerdict.BAD_DISCRIMINATOR;
        }
        return BfdVerdict.ACCEPTED;
    }

    public static BfdState state(long packet) {
        return BfdState.ofCode(Memory.getByte(packet + FLAGS_OFFSET) >>> 6);
    }

    /** 0 to 31, of which {@link BfdDiagnostic} has some. */
    public static int diagnosticCode(long packet) {
        return Memory.getByte(packet + VERSION_OFFSET) & 0x1f;
    }

    public static boolean isPoll(long packet) {
        return (Memory.getByte(packet + FLAGS_OFFSET) & POLL) != 0;
    }

    public static boolean isFinal(long packet) {
        return (Memory.getByte(packet + FLAGS_OFFSET) & FINAL) != 0;
    }

    public static int multiplier(long packet) {
        return Memory.getByte(packet + MULTIPLIER_OFFSET) & 0xff;
    }

    /** The sender's discriminator. */
    public static int mine(long packet) {
        return Memory.getIntBe(packet + MINE_OFFSET);
    }

    /** The receiver's discriminator, 0 when the sender does not know it. */
    public static int yours(long packet) {
        return Memory.getIntBe(packet + YOURS_OFFSET);
    }

    public static long desiredTxMicros(long packet) {
        return Memory.getIntBe(packet + TX_OFFSET) & 0xffff_ffffL;
    }

    public static long requiredRxMicros(long packet) {
        return Memory.getIntBe(packet + RX_OFFSET) & 0xffff_ffffL;
    }
}
