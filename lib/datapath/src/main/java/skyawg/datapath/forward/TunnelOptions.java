package skyawg.datapath.forward;

import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.noise.WallClock;

/**
 * How an interface works inside; none of it shows on the wire.
 *
 * @param packetThreads 1: one thread for both directions; 2: one each
 * @param offloads use UDP GSO and GRO where the kernel has them
 * @param goFirst let packet threads go before ordinary ones, where permitted and as {@link Precedence} rules
 * @param aeads the cipher
 * @param wallClock the time of day
 * @param timestamps keeps the timestamps of handshakes over a restart
 */
public record TunnelOptions(
        int packetThreads,
        boolean offloads,
        boolean goFirst,
        Aeads aeads,
        WallClock wallClock,
        TimestampStore timestamps) {
    public TunnelOptions {
        if (packetThreads != 1 && packetThreads != 2) {
            throw new IllegalArgumentException("packet threads: 1 or 2, not " + packetThreads);
        }
    }

    /** With the system's clock, and nothing kept over a restart. */
    public TunnelOptions(int packetThreads, boolean offloads, boolean goFirst, Aeads aeads) {
        this(packetThreads, offloads, goFirst, aeads, Tunnel::unixNanos, TimestampStore.NONE);
    }
}
