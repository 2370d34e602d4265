package skyawg.protocol.onion;

import skyawg.protocol.mpls.LinkPayload;

/**
 * A transit's part in packets from the ingress. In mode fast a transit has none: it only writes labels.
 *
 * <p>One thread at a time. No call allocates.
 */
public final class TransitForward implements AutoCloseable {
    private final CipherContexts contexts = new CipherContexts();
    private final Layer layer;
    private final HopOpener messages;

    /** @param hopKeys of which copies are taken */
    public TransitForward(HopKeys hopKeys) {
        layer = new Layer(contexts.stream(hopKeys.forwardStream()), contexts.permutation(hopKeys.forwardPermutation()));
        messages = new HopOpener(contexts.aead(hopKeys.forwardMessage()));
    }

    /**
     * @param packet that {@link LinkPayload#classify} calls a label
     * @return {@link Verdict#PASSED}: it needs the label of the next link; {@link Verdict#HOP_MESSAGE}: it is for this
     *     node, see {@link HopMessage}; or why it is dropped
     */
    public Verdict relay(long packet) {
        return layer.crossUnlessHopMessage(packet) ? messages.open(packet) : Verdict.PASSED;
    }

    /** Zeroes the keys. */
    @Override
    public void close() {
        contexts.close();
    }
}
