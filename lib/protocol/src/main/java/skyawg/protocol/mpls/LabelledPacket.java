package skyawg.protocol.mpls;

import skyawg.protocol.wire.Memory;

/**
 * What every node of a path can read of a data packet, at the address of the decrypted payload of a link.
 *
 * <pre>
 *   0     4        6            22
 *   | LSE | length | IV         | body: ciphertext and its tag | padding of this link
 *            `------- bytes of IV and body ------------------'
 * </pre>
 *
 * <p>{@link LinkPayload#classify} has checked the length before anything here is asked.
 */
public final class LabelledPacket {
    public static final int LENGTH_OFFSET = 4;
    public static final int IV_OFFSET = 6;
    public static final int IV_LENGTH = 16;
    public static final int BODY_OFFSET = IV_OFFSET + IV_LENGTH;
    public static final int TAG_LENGTH = 16;

    /** Least value of the length field: an IV, a kind, a send time and a tag. */
    public static final int MIN_LENGTH = 37;

    /** Greatest value of the length field: an inner packet of the mesh MTU, 1336 bytes. */
    public static final int MAX_LENGTH = 1373;

    /** Of a whole packet with its label stack entry, in bytes. */
    public static final int MAX_PACKET_LENGTH = IV_OFFSET + MAX_LENGTH;

    private LabelledPacket() {}

    /** Writes label stack entry and length before an IV and a body that lie there already. */
    public static void push(long packet, int entry, int bodyLength) {
        LabelStackEntry.write(packet, entry);
        putBodyLength(packet, bodyLength);
    }

    /** Writes the next link's label over this one's. */
    public static void swap(long packet, int entry) {
        LabelStackEntry.write(packet, entry);
    }

    public static int label(long packet) {
        return LabelStackEntry.label(LabelStackEntry.read(packet));
    }

    /** Bytes of the packet up to where the link's padding begins. */
    public static int lengthWithoutPadding(long packet) {
        return IV_OFFSET + Memory.getShortBe(packet + LENGTH_OFFSET);
    }

    /** Bytes of the body with its tag. */
    public static int bodyLength(long packet) {
        return Memory.getShortBe(packet + LENGTH_OFFSET) - IV_LENGTH;
    }

    /** Bytes of the text that the two ends know, without its tag. */
    public static int plaintextLength(long packet) {
        return bodyLength(packet) - TAG_LENGTH;
    }

    /** Writes the length field. */
    public static void putBodyLength(long packet, int bodyLength) {
        Memory.putShortBe(packet + LENGTH_OFFSET, IV_LENGTH + bodyLength);
    }
}
