package skyawg.protocol.onion;

import skyawg.protocol.crypto.BlockPermutation;
import skyawg.protocol.mpls.LabelledPacket;

/** The ingress as the beginning of the way to the egress: it does beforehand what undoes every transit's step. */
public final class IngressForward extends SendingEnd {
    private final BlockPermutation egress;
    private final Layer[] transits;
    private final HopSealer[] messages;

    /**
     * @param transitKeys of which copies are taken; the first hop first. None in mode fast.
     * @param egressKeys likewise
     */
    public IngressForward(int lspNumber, HopKeys[] transitKeys, HopKeys egressKeys) {
        this(lspNumber, transitKeys, egressKeys, 0);
    }

    /** @param firstPathSequence 0 to 2^32 */
    IngressForward(int lspNumber, HopKeys[] transitKeys, HopKeys egressKeys, long firstPathSequence) {
        super(lspNumber, firstPathSequence);
        egress = contexts.inversePermutation(egressKeys.forwardPermutation());
        transits = new Layer[transitKeys.length];
        messages = new HopSealer[transitKeys.length];
        for (int i = 0; i < transitKeys.length; i++) {
            transits[i] = new Layer(
                    contexts.stream(transitKeys[i].forwardStream()),
                    contexts.inversePermutation(transitKeys[i].forwardPermutation()));
            messages[i] = new HopSealer(contexts.aead(transitKeys[i].forwardMessage()));
        }
    }

    /** How many hops take messages: all but the egress, none in mode fast. */
    public int transits() {
        return transits.length;
    }

    /**
     * Seals the message at the packet's body for one transit. The caller keeps to {@link HopMessageRate}.
     *
     * @param hop 1 is the first hop; there are only those that are no egress
     * @return false when this LSP has sent that hop more messages than it may ever
     */
    public boolean sendToHop(int hop, long packet, int plaintextLength) {
        if (hop < 1 || hop > transits.length) {
            throw new IllegalArgumentException("hop " + hop + " is no transit of this LSP in mode onion");
        }
        if (!messages[hop - 1].seal(packet, plaintextLength)) {
            return false;
        }
        transits[hop - 1].permute(packet);
        wrapFor(hop - 1, packet);
        return true;
    }

    @Override
    void wrap(long packet) {
        egress.apply(packet + LabelledPacket.IV_OFFSET);
        wrapFor(transits.length, packet);
    }

    /** The layers of the first {@code count} transits, the last of them first. */
    private void wrapFor(int count, long packet) {
        for (int i = count - 1; i >= 0; i--) {
            transits[i].undo(packet);
        }
    }
}
