package skyawg.protocol.onion;

import skyawg.protocol.crypto.Rfc8439Aead;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/** Sealing and opening in place: the nonce is the first 12 bytes of the origin IV, the additional data all 16. */
final class EndToEnd {
    private static final int NONCE_REST_OFFSET = 4;

    private EndToEnd() {}

    /**
     * Seals {@code plaintextLength} bytes at the body's place under the origin IV that is there, and sets the length.
     */
    static void seal(Rfc8439Aead sealer, long packet, int plaintextLength) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        long body = packet + LabelledPacket.BODY_OFFSET;
        sealer.seal(
                Memory.getIntLe(iv),
                Memory.getLongLe(iv + NONCE_REST_OFFSET),
                iv,
                LabelledPacket.IV_LENGTH,
                body,
                plaintextLength,
                0,
                body);
        LabelledPacket.putBodyLength(packet, plaintextLength + LabelledPacket.TAG_LENGTH);
    }

    /** @return false when the tag is wrong; the body is then garbage */
    static boolean open(Rfc8439Aead opener, long packet) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        long body = packet + LabelledPacket.BODY_OFFSET;
        return opener.open(
                Memory.getIntLe(iv),
                Memory.getLongLe(iv + NONCE_REST_OFFSET),
                iv,
                LabelledPacket.IV_LENGTH,
                body,
                LabelledPacket.bodyLength(packet),
                body);
    }
}
