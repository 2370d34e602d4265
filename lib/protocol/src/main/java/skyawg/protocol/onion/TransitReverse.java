package skyawg.protocol.onion;

import skyawg.protocol.mpls.LinkPayload;

/**
 * A transit's part in packets to the ingress, and its own messages to it. In mode fast a transit has none.
 *
 * <p>One thread at a time. No call allocates.
 */
public final class TransitReverse implements AutoCloseable {
    private final CipherContexts contexts = new CipherContexts();
    private final Layer layer;
    private final HopSealer messages;

    /** @param hopKeys of which copies are taken */
    public TransitReverse(HopKeys hopKeys) {
        layer = new Layer(contexts.stream(hopKeys.reverseStream()), contexts.permutation(hopKeys.reversePermutation()));
        messages = new HopSealer(contexts.aead(hopKeys.reverseMessage()));
    }

    /** Covers a packet that {@link LinkPayload#classify} calls a label; it then needs the label of the next link. */
    public void relay(long packet) {
        layer.cross(packet);
    }

    /**
     * Seals the message at the packet's body for the ingress; it then needs a label. The caller keeps to
     * {@link HopMessageRate}.
     *
     * @return false when this LSP has sent more messages than it may ever
     */
    public boolean send(long packet, int plaintextLength) {
        if (!messages.seal(packet, plaintextLength)) {
            return false;
        }
        layer.permute(packet);
        return true;
    }

    /** Zeroes the keys. */
    @Override
    public void close() {
        contexts.close();
    }
}
