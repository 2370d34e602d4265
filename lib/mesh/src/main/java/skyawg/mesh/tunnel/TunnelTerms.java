package skyawg.mesh.tunnel;

import skyawg.mesh.lsp.PathTerms;
import skyawg.protocol.mpls.LspMode;
import skyawg.protocol.tunnelkeys.TunnelId;

/**
 * What an ingress wants of a tunnel.
 *
 * @param active paths that carry user data, 1 to 16
 * @param warm paths kept ready, 0 to 15; both together at most 16
 * @param exitService 1 internet, 2 ygg, 3 i2p, 4 local
 * @param localName first 8 bytes of SHA-256(NAME) for the service {@code local:NAME}, else 0
 * @param ipv4PrefixLength that its clients need, 24 to 30
 * @param lifetimeSeconds of each path, 60 to 3540
 * @param bandwidthClass 0 for none, else c for 2^c x 64 kbit/s
 * @param rotation when a path is replaced that works
 */
public record TunnelTerms(
        int active,
        int warm,
        LspMode mode,
        int exitService,
        long localName,
        int ipv4PrefixLength,
        int lifetimeSeconds,
        int bandwidthClass,
        Rotation rotation) {
    private static final int MOST_PATHS = 16;

    public TunnelTerms {
        if (active < 1 || warm < 0 || active + warm > MOST_PATHS) {
            throw new IllegalArgumentException(
                    "a tunnel has 1 to " + MOST_PATHS + " paths, not " + active + " active and " + warm + " warm ones");
        }
    }

    /** Paths are rotated as usual. */
    public TunnelTerms(
            int active,
            int warm,
            LspMode mode,
            int exitService,
            long localName,
            int ipv4PrefixLength,
            int lifetimeSeconds,
            int bandwidthClass) {
        this(
                active,
                warm,
                mode,
                exitService,
                localName,
                ipv4PrefixLength,
                lifetimeSeconds,
                bandwidthClass,
                Rotation.DEFAULT);
    }

    int paths() {
        return active + warm;
    }

    /** What one of its paths is to be. */
    PathTerms ofPath(TunnelId tunnelId, boolean isJoining, int lspNumber) {
        return new PathTerms(
                mode,
                lifetimeSeconds,
                bandwidthClass,
                exitService,
                localName,
                ipv4PrefixLength,
                tunnelId,
                isJoining,
                lspNumber);
    }
}
