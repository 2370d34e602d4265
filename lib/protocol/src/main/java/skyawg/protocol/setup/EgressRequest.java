package skyawg.protocol.setup;

import skyawg.protocol.tunnelkeys.TunnelId;

/**
 * What an egress is asked: to end an LSP of a tunnel and to offer an exit service to it.
 *
 * @param isFast whether the transits before it only swap labels
 * @param isJoining whether the tunnel is there already
 * @param lifetimeSeconds 16 bits
 * @param bandwidthClass 0 for none, else c for 2^c x 64 kbit/s; 8 bits
 * @param exitService 1 internet, 2 ygg, 3 i2p, 4 local; 8 bits
 * @param ipv4PrefixLength of the prefix asked for, 24 to 30; 8 bits
 * @param unixSeconds the ingress's clock, blurred; 32 bits
 * @param lspNumber 1 to 65535, never used twice in a tunnel
 * @param credit 0 in version 1
 * @param localName first 8 bytes of SHA-256(NAME) for the service {@code local:NAME}, else 0
 */
public record EgressRequest(
        boolean isFast,
        boolean isJoining,
        int lifetimeSeconds,
        int bandwidthClass,
        int exitService,
        int ipv4PrefixLength,
        long unixSeconds,
        TunnelId tunnelId,
        int lspNumber,
        long credit,
        long localName)
        implements Request {
    public EgressRequest {
        RequestCodec.checkWidths(lifetimeSeconds, bandwidthClass, unixSeconds);
        RequestCodec.checkWidth("exit service", exitService, 0xff);
        RequestCodec.checkWidth("prefix length", ipv4PrefixLength, 0xff);
        RequestCodec.checkWidth("LSP number", lspNumber, 0xffff);
    }
}
