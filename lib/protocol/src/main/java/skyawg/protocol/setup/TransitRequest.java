package skyawg.protocol.setup;

import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;

/**
 * What a transit is asked: to pass packets on to a next hop.
 *
 * @param isFast whether it only swaps labels, without an onion layer
 * @param lifetimeSeconds 16 bits
 * @param bandwidthClass 0 for none, else c for 2^c x 64 kbit/s; 8 bits
 * @param unixSeconds the ingress's clock, blurred; 32 bits
 * @param nextKeyId which key M of the next hop opens its slot; 8 bits
 * @param nextHop the next hop's key S
 * @param address the next hop's; an IPv4 address travels as an IPv4-mapped one, and is IPv4 again when read
 * @param port the next hop's; 16 bits
 * @param credit 0 in version 1
 */
public record TransitRequest(
        boolean isFast,
        int lifetimeSeconds,
        int bandwidthClass,
        long unixSeconds,
        int nextKeyId,
        PublicKey nextHop,
        IpAddress address,
        int port,
        long credit)
        implements Request {
    public TransitRequest {
        RequestCodec.checkWidths(lifetimeSeconds, bandwidthClass, unixSeconds);
        RequestCodec.checkWidth("key id", nextKeyId, 0xff);
        RequestCodec.checkWidth("port", port, 0xffff);
    }
}
