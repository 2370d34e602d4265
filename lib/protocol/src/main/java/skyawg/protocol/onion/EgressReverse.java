package skyawg.protocol.onion;

import skyawg.protocol.crypto.BlockPermutation;
import skyawg.protocol.mpls.LabelledPacket;

/**
 * The egress as the beginning of the way to the ingress. It permutes the IV like any hop: else the last transit would
 * see the structured one, and know that it is last.
 */
public final class EgressReverse extends SendingEnd {
    private final BlockPermutation permutation;

    /** @param hopKeys of which copies are taken */
    public EgressReverse(int lspNumber, HopKeys hopKeys) {
        this(lspNumber, hopKeys, 0);
    }

    /** @param firstPathSequence 0 to 2^32 */
    EgressReverse(int lspNumber, HopKeys hopKeys, long firstPathSequence) {
        super(lspNumber, firstPathSequence);
        permutation = contexts.permutation(hopKeys.reversePermutation());
    }

    @Override
    void wrap(long packet) {
        permutation.apply(packet + LabelledPacket.IV_OFFSET);
    }
}
