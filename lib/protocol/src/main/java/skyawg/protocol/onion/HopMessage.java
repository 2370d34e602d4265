package skyawg.protocol.onion;

import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/**
 * Flyweight over the plaintext of a message to or from one transit, at the body's place of a packet: an echo request,
 * its answer, or the word that the link behind is broken. Zeros bring it to a length that is drawn, so that it looks
 * like data.
 *
 * <pre>
 *   0 kind 1 | 1 send time 4 | 5 token 8, or reason 1 | zeros
 * </pre>
 */
public final class HopMessage {
    /** Of the plaintext. */
    public static final int MIN_LENGTH = 37;
    /** Of the plaintext. */
    public static final int MAX_LENGTH = 101;

    private static final int CONTENT_OFFSET = LabelledPacket.BODY_OFFSET + Plaintext.HEAD_LENGTH;

    private HopMessage() {}

    /** A length for the next message. */
    public static int drawLength(Entropy entropy) {
        return (int) entropy.uniform(MIN_LENGTH, MAX_LENGTH);
    }

    /**
     * @param kind {@link Kind#HOP_ECHO_REQUEST} or {@link Kind#HOP_ECHO_ANSWER}
     * @param token of the request; an answer repeats it
     * @param length of {@link #drawLength}
     */
    public static void putEcho(long packet, int kind, int sendTimeMicros, long token, int length) {
        Memory.clearShort(packet + LabelledPacket.BODY_OFFSET, length);
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, kind, sendTimeMicros);
        Memory.putLongBe(packet + CONTENT_OFFSET, token);
    }

    /**
     * @param reason as in a release
     * @param length of {@link #drawLength}
     */
    public static void putBroken(long packet, int sendTimeMicros, int reason, int length) {
        Memory.clearShort(packet + LabelledPacket.BODY_OFFSET, length);
        Plaintext.putHead(packet + LabelledPacket.BODY_OFFSET, Kind.HOP_BROKEN, sendTimeMicros);
        Memory.putByte(packet + CONTENT_OFFSET, reason);
    }

    /** One of the kinds that begin with {@code HOP}, or what this version does not know. */
    public static int kind(long packet) {
        return Plaintext.kind(packet + LabelledPacket.BODY_OFFSET);
    }

    /** Of an echo without an ACK block, which hop messages never have. */
    public static long token(long packet) {
        return Memory.getLongBe(packet + CONTENT_OFFSET);
    }

    /** Of {@link Kind#HOP_BROKEN}: 0 to 255. */
    public static int reason(long packet) {
        return Memory.getByte(packet + CONTENT_OFFSET) & 0xff;
    }
}
