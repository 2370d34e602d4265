package skyawg.mesh.tunnel;

import skyawg.protocol.mpls.LspMode;

/**
 * What an ingress wants of a tunnel.
 *
 * @param active paths that carry user data, 1 to 16
 * @param warm paths kept ready, 0 to 15; both together at most 16
 * @param exitService 1 internet, 2 ygg, 3 i2p, 4 local
 * @param localName first 8 bytes of SHA-256(NAME) for the service {@code local:NAME}, else 0
 * @param ipv4PrefixLength that its clients need, 24 to 30
 * @param lifetimeSeconds of each path, 60 to 3540
 */
public record TunnelTerms(
        int active,
        int warm,
        LspMode mode,
        int exitService,
        long localName,
        int ipv4PrefixLength,
        int lifetimeSeconds,
        int bandwidthClass) {
    private static final int MOST_PATHS = 16;

    public TunnelTerms {
        if (active < 1 || warm < 0 || active + warm > MOST_PATHS) {
            throw new IllegalArgumentException(
                    "a tunnel has 1 to " + MOST_PATHS + " paths, not " + active + " active and " + warm + " warm ones");
        }
    }

    int paths() {
        return active + warm;
    }
}
