package skyawg.protocol.onion;

import skyawg.protocol.wire.Memory;

/**
 * Flyweight over a labelled packet as one link carries it, big-endian:
 *
 * <pre>
 *   0    label stack entry  4   label 20, TC 3 = 0, S 1 = 1, TTL 8 = 64 (RFC 3032)
 *   4    length             2   bytes that follow: 16 + body, 37 to 1373
 *   6    IV                16
 *   22   body                   text, and the 16-byte tag of its two ends
 * </pre>
 *
 * <p>What lies behind is padding of the link it came on: it is cut, never passed on.
 */
public final class DataPacket {
    public static final int LENGTH_OFFSET = 4;
    public static final int IV_OFFSET = 6;
    public static final int BODY_OFFSET = 22;
    public static final int IV_LENGTH = 16;
    public static final int TAG_LENGTH = 16;

    /** Of the length field: the smallest plaintext is its head. */
    public static final int MIN_LENGTH = IV_LENGTH + Plaintext.HEAD_LENGTH + TAG_LENGTH;
    /** Of the length field: the largest plaintext is a head and an IP packet of the mesh's MTU. */
    public static final int MAX_LENGTH = IV_LENGTH + Plaintext.MAX_LENGTH + TAG_LENGTH;
    /** Of the whole packet. */
    public static final int MAX_PACKET_LENGTH = IV_OFFSET + MAX_LENGTH;

    /** Every node sends with this one: a falling TTL would show its place. */
    public static final int TTL = 64;

    private static final int LABEL_SHIFT = 12;
    private static final int BOTTOM_OF_STACK = 0x100;
    private static final int TTL_MASK = 0xff;

    private DataPacket() {}

    /**
     * Whether a packet may be worked on at all: {@link Verdict#PASSED}, or the first rule that it breaks. The label is
     * not looked at.
     *
     * @param available bytes that came, with the link's padding
     */
    public static Verdict check(long packet, int available) {
        if (available < BODY_OFFSET) {
            return Verdict.TRUNCATED;
        }
        int entry = Memory.getIntBe(packet);
        if ((entry & BOTTOM_OF_STACK) == 0) {
            return Verdict.NOT_BOTTOM_OF_STACK;
        }
        if ((entry & TTL_MASK) == 0) {
            return Verdict.TTL_ZERO;
        }
        int length = Memory.getShortBe(packet + LENGTH_OFFSET);
        if (length < MIN_LENGTH || length > MAX_LENGTH || IV_OFFSET + length > available) {
            return Verdict.LENGTH;
        }
        return Verdict.PASSED;
    }

    /** Of the packet with its label stack entry and without padding. */
    public static int packetLength(long packet) {
        return IV_OFFSET + Memory.getShortBe(packet + LENGTH_OFFSET);
    }

    /** Of the body with its tag. */
    public static int bodyLength(long packet) {
        return Memory.getShortBe(packet + LENGTH_OFFSET) - IV_LENGTH;
    }

    /** Of the text without its tag. */
    public static int plaintextLength(long packet) {
        return bodyLength(packet) - TAG_LENGTH;
    }

    /** Writes the label stack entry: what a node does before it sends, and all that a transit of mode fast does. */
    public static void putLabel(long packet, int label) {
        Memory.putIntBe(packet, (label << LABEL_SHIFT) | BOTTOM_OF_STACK | TTL);
    }

    static void putBodyLength(long packet, int bodyLength) {
        Memory.putShortBe(packet + LENGTH_OFFSET, IV_LENGTH + bodyLength);
    }
}
