package skyawg.awgd.mesh;

import skyawg.control.mesh.TunnelConfig;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.mesh.path.PathPolicy;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.TunnelState;
import skyawg.mesh.tunnel.TunnelTerms;

/** A configured tunnel that the node keeps open. On the conductor. */
public final class KeptTunnel {
    private final TunnelConfig config;
    private final ChosenPaths paths;
    private long upSince;

    KeptTunnel(TunnelConfig config, ChosenPaths paths) {
        this.config = config;
        this.paths = paths;
    }

    TunnelConfig config() {
        return config;
    }

    ChosenPaths paths() {
        return paths;
    }

    /** Unix seconds; 0 while it is not up. */
    long upSince() {
        return upSince;
    }

    void open(MeshNode node) {
        node.openNow(config.name(), terms(config), config.scheduler(), paths);
    }

    void close(MeshNode node) {
        node.closeNow(config.name());
    }

    /** Looks how it is. */
    void advance(MeshNode node, long unixSeconds) {
        IngressTunnel<TunnelPeer> present = node.tunnel(config.name());
        if (present == null || present.state() != TunnelState.UP) {
            upSince = 0;
        } else if (upSince == 0) {
            upSince = unixSeconds;
        }
    }

    /** What its configuration asks of a tunnel. */
    public static TunnelTerms terms(TunnelConfig config) {
        return new TunnelTerms(
                config.active(),
                config.warm(),
                config.mode(),
                config.exit().number(),
                config.exit().nameHash(),
                config.prefixLength(),
                config.lifetimeSeconds(),
                0);
    }

    /** What its configuration asks of a tunnel's paths. */
    public static PathPolicy policy(TunnelConfig config) {
        return new PathPolicy(
                config.transits(),
                config.exit().role(),
                config.exits(),
                config.avoid(),
                config.firstHops(),
                config.isDiverse());
    }
}
