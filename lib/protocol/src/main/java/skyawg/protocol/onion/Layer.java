package skyawg.protocol.onion;

import skyawg.protocol.crypto.BlockPermutation;
import skyawg.protocol.crypto.StreamCipher;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.wire.Memory;

/**
 * What one transit does to packets of one direction, and at the ingress what undoes it. The nonce of the stream is
 * always the IV as the transit receives it.
 *
 * <pre>
 *   transit   body ^= ChaCha20(K, IV[0..11]);  IV = AES_enc(P, IV)
 *   ingress   IV = AES_dec(P, IV);  body ^= ChaCha20(K, IV[0..11])
 * </pre>
 */
final class Layer {
    private static final int NONCE_REST_OFFSET = 4;

    private final StreamCipher stream;
    private final BlockPermutation permutation;

    /** @param permutation of the transit, or at the ingress its inverse */
    Layer(StreamCipher stream, BlockPermutation permutation) {
        this.stream = stream;
        this.permutation = permutation;
    }

    /**
     * The transit's step, but that a packet whose new IV marks a hop message keeps its body.
     *
     * @return whether the body was left as it is
     */
    boolean crossUnlessHopMessage(long packet) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        int noncePrefix = Memory.getIntLe(iv);
        long nonceRest = Memory.getLongLe(iv + NONCE_REST_OFFSET);
        permutation.apply(iv);
        if (OriginIv.isHopMessage(iv)) {
            return true;
        }
        xor(packet, noncePrefix, nonceRest);
        return false;
    }

    /** The transit's step. */
    void cross(long packet) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        xor(packet, Memory.getIntLe(iv), Memory.getLongLe(iv + NONCE_REST_OFFSET));
        permutation.apply(iv);
    }

    /** The ingress's step. */
    void undo(long packet) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        permutation.apply(iv);
        xor(packet, Memory.getIntLe(iv), Memory.getLongLe(iv + NONCE_REST_OFFSET));
    }

    /** The ingress's step, but that a packet whose new IV marks a hop message keeps its body. @return whether it did */
    boolean undoUnlessHopMessage(long packet) {
        long iv = packet + LabelledPacket.IV_OFFSET;
        permutation.apply(iv);
        if (OriginIv.isHopMessage(iv)) {
            return true;
        }
        xor(packet, Memory.getIntLe(iv), Memory.getLongLe(iv + NONCE_REST_OFFSET));
        return false;
    }

    /** What both do to the IV alone: all that a hop message from or to this very transit needs. */
    void permute(long packet) {
        permutation.apply(packet + LabelledPacket.IV_OFFSET);
    }

    private void xor(long packet, int noncePrefix, long nonceRest) {
        stream.xor(noncePrefix, nonceRest, packet + LabelledPacket.BODY_OFFSET, LabelledPacket.bodyLength(packet));
    }
}
