package skyawg.datapath.forward;

import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.noise.AllowedIps;
import skyawg.protocol.noise.IndexTable;

/**
 * What the conductor publishes and packet threads read: one volatile settings object, and two tables that are safe to
 * read while the conductor writes them.
 */
final class SharedState {
    private final AllowedIps<TunnelPeer> allowedIps = new AllowedIps<>();
    private final IndexTable indexTable;
    private volatile TunnelSettings settings;
    private @Nullable Conductor conductor;

    SharedState(IndexTable indexTable, TunnelSettings settings) {
        this.indexTable = indexTable;
        this.settings = settings;
    }

    /** Read once a cycle, so that the cycle sees one configuration. */
    TunnelSettings settings() {
        return settings;
    }

    void publish(TunnelSettings newSettings) {
        settings = newSettings;
    }

    AllowedIps<TunnelPeer> allowedIps() {
        return allowedIps;
    }

    IndexTable indexTable() {
        return indexTable;
    }

    /** Set once, before any thread starts. */
    void setConductor(Conductor conductor) {
        this.conductor = conductor;
    }

    Conductor conductor() {
        Conductor wired = conductor;
        if (wired == null) {
            throw new IllegalStateException("no conductor yet");
        }
        return wired;
    }
}
