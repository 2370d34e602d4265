package skyawg.protocol.mpls;

import skyawg.protocol.wire.Memory;

/**
 * What the decrypted payload of a link is, by its first bytes. Labels are drawn so that their first byte is none of the
 * others.
 *
 * <table>
 *   <caption>first byte</caption>
 *   <tr><td>none, 00</td><td>keepalive</td></tr>
 *   <tr><td>10</td><td>associated channel (RFC 4385 §5): {@code 10 00 | channel type 2 | message}</td></tr>
 *   <tr><td>40..4F, 60..6F</td><td>IP</td></tr>
 *   <tr><td>70..FF</td><td>a label: {@link LabelledPacket}</td></tr>
 * </table>
 */
public enum LinkPayload {
    KEEPALIVE,
    /** To be accepted only where allowed IPs say so. Not looked into. */
    IP,
    /** A channel header; of the message behind it nothing is known. */
    CHANNEL,
    /**
     * A data packet whose length is in range and all there. Whether its label means something is the ILM's question.
     */
    LABEL,

    /** Dropped: no first byte that the mesh knows. */
    UNKNOWN_FIRST_BYTE,
    /** Dropped: a channel header cut short, or with its version or reserved bits set. */
    BAD_CHANNEL_HEADER,
    /** Dropped: the S bit is clear. */
    DEEPER_STACK,
    /** Dropped. */
    TTL_ZERO,
    /** Dropped: the length field is out of range, or says more than there is. */
    BAD_LENGTH;

    private static final int CHANNEL_BYTE = 0x10;
    private static final int FIRST_LABEL_BYTE = 0x70;

    /**
     * Reads at most six bytes.
     *
     * @param length bytes at {@code payload}, from 0
     */
    public static LinkPayload classify(long payload, int length) {
        if (length == 0) {
            return KEEPALIVE;
        }
        int first = Memory.getByte(payload) & 0xff;
        if (first >= FIRST_LABEL_BYTE) {
            return classifyLabel(payload, length);
        }
        if (first == 0) {
            return KEEPALIVE;
        }
        if (first == CHANNEL_BYTE) {
            return length >= ChannelHeader.LENGTH && Memory.getByte(payload + 1) == 0 ? CHANNEL : BAD_CHANNEL_HEADER;
        }
        int version = first >>> 4;
        return version == 4 || version == 6 ? IP : UNKNOWN_FIRST_BYTE;
    }

    private static LinkPayload classifyLabel(long payload, int length) {
        if (length < LabelledPacket.IV_OFFSET + LabelledPacket.MIN_LENGTH) {
            return BAD_LENGTH;
        }
        int entry = LabelStackEntry.read(payload);
        if (!LabelStackEntry.isBottomOfStack(entry)) {
            return DEEPER_STACK;
        }
        if (LabelStackEntry.ttl(entry) == 0) {
            return TTL_ZERO;
        }
        int stated = Memory.getShortBe(payload + LabelledPacket.LENGTH_OFFSET);
        boolean isInRange = stated >= LabelledPacket.MIN_LENGTH && stated <= LabelledPacket.MAX_LENGTH;
        return isInRange && LabelledPacket.IV_OFFSET + stated <= length ? LABEL : BAD_LENGTH;
    }

    /** True when the payload is dropped and counted. */
    public boolean isDropped() {
        return compareTo(LABEL) > 0;
    }
}
