package skyawg.protocol.onion;

import skyawg.protocol.crypto.Rfc8439Aead;
import skyawg.protocol.mpls.LabelledPacket;

/** Opens the hop messages of one transit and direction; each must be newer than the last. */
final class HopOpener {
    private final Rfc8439Aead opener;
    private int lastSequence;

    HopOpener(Rfc8439Aead opener) {
        this.opener = opener;
    }

    Verdict open(long packet) {
        if (!EndToEnd.open(opener, packet)) {
            return Verdict.AEAD;
        }
        if (Plaintext.contentLength(packet + LabelledPacket.BODY_OFFSET, LabelledPacket.plaintextLength(packet)) < 0) {
            return Verdict.CONTENT;
        }
        int sequence = OriginIv.hopSequence(packet + LabelledPacket.IV_OFFSET);
        if (Integer.compareUnsigned(sequence, lastSequence) <= 0) {
            return Verdict.REPLAYED;
        }
        lastSequence = sequence;
        return Verdict.HOP_MESSAGE;
    }
}
