package skyawg.mesh.lsp;

import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.tunnelkeys.TunnelId;

/**
 * What a path is to be, beside where it leads.
 *
 * @param lifetimeSeconds 60 to 3540
 * @param bandwidthClass 0 for none, else c for 2^c x 64 kbit/s
 * @param exitService 1 internet, 2 ygg, 3 i2p, 4 local
 * @param localName first 8 bytes of SHA-256(NAME) for the service {@code local:NAME}, else 0
 * @param ipv4PrefixLength of the prefix asked for, 24 to 30
 * @param isJoining whether the tunnel is there already
 * @param lspNumber 1 to 65535, never used twice in a tunnel
 */
public record PathTerms(
        LspMode mode,
        int lifetimeSeconds,
        int bandwidthClass,
        int exitService,
        long localName,
        int ipv4PrefixLength,
        TunnelId tunnelId,
        boolean isJoining,
        int lspNumber) {}
