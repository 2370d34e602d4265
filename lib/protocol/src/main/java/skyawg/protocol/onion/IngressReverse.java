package skyawg.protocol.onion;

import skyawg.protocol.crypto.BlockPermutation;
import skyawg.protocol.mpls.LabelledPacket;

/** The ingress as the end of the way from the egress, and of the transits' own messages. */
public final class IngressReverse extends ReceivingEnd {
    private final BlockPermutation egress;
    private final Layer[] transits;
    private final HopOpener[] messages;
    private int lastMessageHop;

    /**
     * @param transitKeys addresses of {@link HopKeys#LENGTH} bytes each, of which copies are taken; the first hop
     *     first. None in mode fast.
     * @param egressKeys likewise
     */
    public IngressReverse(int lspNumber, long[] transitKeys, long egressKeys) {
        super(lspNumber);
        egress = contexts.inversePermutation(egressKeys + HopKeys.REVERSE_PERMUTATION_OFFSET);
        transits = new Layer[transitKeys.length];
        messages = new HopOpener[transitKeys.length];
        for (int i = 0; i < transitKeys.length; i++) {
            transits[i] = new Layer(
                    contexts.stream(transitKeys[i] + HopKeys.REVERSE_STREAM_OFFSET),
                    contexts.inversePermutation(transitKeys[i] + HopKeys.REVERSE_PERMUTATION_OFFSET));
            messages[i] = new HopOpener(contexts.aead(transitKeys[i] + HopKeys.REVERSE_MESSAGE_OFFSET));
        }
    }

    /** After {@link Verdict#HOP_MESSAGE}: which hop it came from; 1 is the first. */
    public int lastMessageHop() {
        return lastMessageHop;
    }

    @Override
    Verdict unwrap(long packet) {
        for (int i = 0; i < transits.length; i++) {
            if (transits[i].undoUnlessHopMessage(packet)) {
                lastMessageHop = i + 1;
                return messages[i].open(packet);
            }
        }
        egress.apply(packet + LabelledPacket.IV_OFFSET);
        return Verdict.PASSED;
    }
}
