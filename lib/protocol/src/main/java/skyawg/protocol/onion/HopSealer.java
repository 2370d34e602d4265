package skyawg.protocol.onion;

import skyawg.protocol.crypto.Rfc8439Aead;
import skyawg.protocol.mpls.LabelledPacket;

/** Numbers and seals the hop messages of one transit and direction. */
final class HopSealer {
    private static final long NO_SEQUENCE = 1L << 32;

    private final Rfc8439Aead sealer;
    private long nextSequence;

    HopSealer(Rfc8439Aead sealer) {
        this(sealer, 1);
    }

    /** @param firstSequence 1 to 2^32 */
    HopSealer(Rfc8439Aead sealer, long firstSequence) {
        this.sealer = sealer;
        this.nextSequence = firstSequence;
    }

    /** @return false when there is no sequence left */
    boolean seal(long packet, int plaintextLength) {
        if (plaintextLength < HopMessage.MIN_LENGTH || plaintextLength > HopMessage.MAX_LENGTH) {
            throw new IllegalArgumentException("a hop message is " + HopMessage.MIN_LENGTH + " to "
                    + HopMessage.MAX_LENGTH + " bytes long, not " + plaintextLength);
        }
        if (nextSequence == NO_SEQUENCE) {
            return false;
        }
        OriginIv.putHopMessage(packet + LabelledPacket.IV_OFFSET, (int) nextSequence);
        nextSequence++;
        EndToEnd.seal(sealer, packet, plaintextLength);
        return true;
    }
}
