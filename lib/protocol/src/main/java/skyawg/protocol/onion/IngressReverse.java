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
     * @param transitKeys of which copies are taken; the first hop first. None in mode fast.
     * @param egressKeys likewise
     */
    public IngressReverse(int lspNumber, HopKeys[] transitKeys, HopKeys egressKeys) {
        super(lspNumber);
        egress = contexts.inversePermutation(egressKeys.reversePermutation());
        transits = new Layer[transitKeys.length];
        messages = new HopOpener[transitKeys.length];
        for (int i = 0; i < transitKeys.length; i++) {
            transits[i] = new Layer(
                    contexts.stream(transitKeys[i].reverseStream()),
                    contexts.inversePermutation(transitKeys[i].reversePermutation()));
            messages[i] = new HopOpener(contexts.aead(transitKeys[i].reverseMessage()));
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
