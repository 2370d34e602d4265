package skyawg.datapath.forward;

import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.noise.WallClock;

/**
 * How an interface works inside; none of it shows on the wire.
 *
 * @param threads what its packet threads are
 * @param offloads use UDP GSO and GRO where the kernel has them
 * @param aeads the cipher
 * @param wallClock the time of day
 * @param timestamps keeps the timestamps of handshakes over a restart
 */
public record TunnelOptions(
        PacketLoops threads, boolean offloads, Aeads aeads, WallClock wallClock, TimestampStore timestamps) {
    /** With the system's clock, and nothing kept over a restart. */
    public TunnelOptions(PacketLoops threads, boolean offloads, Aeads aeads) {
        this(threads, offloads, aeads, Tunnel::unixNanos, TimestampStore.NONE);
    }
}
