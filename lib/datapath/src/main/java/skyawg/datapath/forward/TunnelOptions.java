package skyawg.datapath.forward;

import skyawg.protocol.crypto.Aeads;

/**
 * How an interface works inside; none of it shows on the wire.
 *
 * @param packetThreads 1: one thread for both directions; 2: one each
 * @param offloads use UDP GSO and GRO where the kernel has them
 * @param goFirst let packet threads go before ordinary ones, where permitted and as {@link Precedence} rules
 * @param aeads the cipher
 */
public record TunnelOptions(int packetThreads, boolean offloads, boolean goFirst, Aeads aeads) {
    public TunnelOptions {
        if (packetThreads != 1 && packetThreads != 2) {
            throw new IllegalArgumentException("packet threads: 1 or 2, not " + packetThreads);
        }
    }
}
