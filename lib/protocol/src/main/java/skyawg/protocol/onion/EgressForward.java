package skyawg.protocol.onion;

import skyawg.protocol.crypto.BlockPermutation;
import skyawg.protocol.mpls.LabelledPacket;

/** The egress as the end of the way from the ingress. */
public final class EgressForward extends ReceivingEnd {
    private final BlockPermutation permutation;

    /** @param hopKeys of which copies are taken */
    public EgressForward(int lspNumber, HopKeys hopKeys) {
        super(lspNumber);
        permutation = contexts.permutation(hopKeys.forwardPermutation());
    }

    @Override
    Verdict unwrap(long packet) {
        permutation.apply(packet + LabelledPacket.IV_OFFSET);
        return Verdict.PASSED;
    }
}
