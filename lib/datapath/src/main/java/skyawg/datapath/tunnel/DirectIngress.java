package skyawg.datapath.tunnel;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.EventCounters;
import skyawg.datapath.forward.PeerPort;
import skyawg.datapath.forward.Tunnel;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.PeerSnapshot;

/**
 * The clients of this machine's interfaces whose packets go into the mesh and come back without the kernel (mesh.md §8,
 * "ingress, direct"). Interfaces and the mesh come and go by themselves; what rules name goes nowhere while there is no
 * mesh. Any thread may call, but no packet thread and no conductor of an interface.
 */
public final class DirectIngress {
    private static final int PATIENCE_SECONDS = 5;

    private final Map<Tunnel, Joined> interfaces = new LinkedHashMap<>();
    private @Nullable Mesh mesh;
    private volatile DirectRules rules = DirectRules.NONE;

    /** The way in. */
    private record Mesh(TunnelEnds ends, IngressEdge edge) {}

    /** An interface, and how it meets the mesh. */
    private static final class Joined {
        private final EventCounters<TunnelDrop> dropsIn = new EventCounters<>(TunnelDrop.class);
        private final EventCounters<TunnelDrop> dropsOut = new EventCounters<>(TunnelDrop.class);
        private @Nullable Link link;
    }

    private record Link(DirectEntrance entrance, DirectReturn back) {}

    /** Makes these the rules. */
    public void setRules(DirectRules newRules) {
        rules = newRules;
    }

    /** An interface has come. */
    public synchronized void add(Tunnel tunnel) {
        Joined joined = new Joined();
        interfaces.put(tunnel, joined);
        if (mesh != null) {
            link(tunnel, joined, mesh);
        } else {
            tunnel.setBypass(new DirectBypass(tunnel.name(), this::rules, null, joined.dropsIn));
        }
    }

    /** An interface goes; before it is closed. */
    public synchronized void remove(Tunnel tunnel) {
        Joined joined = interfaces.remove(tunnel);
        if (joined != null) {
            tunnel.setBypass(null);
            unlink(tunnel, joined);
        }
    }

    /** The mesh can be entered from now on. */
    public synchronized void join(TunnelEnds ends, IngressEdge edge) {
        Mesh joined = new Mesh(ends, edge);
        mesh = joined;
        interfaces.forEach((tunnel, each) -> link(tunnel, each, joined));
    }

    /** The mesh goes; before its device is closed. */
    public synchronized void leave() {
        interfaces.forEach((tunnel, joined) -> {
            tunnel.setBypass(new DirectBypass(tunnel.name(), this::rules, null, joined.dropsIn));
            unlink(tunnel, joined);
        });
        mesh = null;
    }

    private void link(Tunnel tunnel, Joined joined, Mesh present) {
        TunnelEnds ends = present.ends();
        PeerPort port = tunnel.openPort(ends.device(), DirectEntrance.LONGEST);
        DirectReturn back = new DirectReturn(tunnel.name(), port, this::rules, joined.dropsOut);
        DirectEntrance entrance =
                new DirectEntrance(ends, present.edge(), back, tunnel.sharesThreadWith(ends.device()));
        joined.link = new Link(entrance, back);
        ends.device().attach(entrance);
        ends.execute(_ -> ends.add(back));
        tunnel.setBypass(new DirectBypass(tunnel.name(), this::rules, entrance, joined.dropsIn));
    }

    /** Nothing enters from the interface any more. */
    private void unlink(Tunnel tunnel, Joined joined) {
        Link link = joined.link;
        joined.link = null;
        if (link == null || mesh == null) {
            return;
        }
        TunnelEnds ends = mesh.ends();
        ends.device().detach(link.entrance());
        CompletableFuture<Boolean> isOut = new CompletableFuture<>();
        ends.execute(_ -> {
            ends.remove(link.back());
            isOut.complete(true);
        });
        isOut.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        tunnel.closePort(link.back().port());
    }

    /** Whether the interface of this name is here. */
    public synchronized boolean has(String name) {
        return interfaces.keySet().stream().anyMatch(tunnel -> tunnel.name().equals(name));
    }

    /** Which interface has this peer. */
    public synchronized Optional<String> interfaceOf(PublicKey client) {
        for (Tunnel tunnel : interfaces.keySet()) {
            InterfaceSnapshot snapshot = tunnel.snapshot();
            snapshot.privateKey().ifPresent(Secret::close);
            boolean hasClient = false;
            for (PeerSnapshot peer : snapshot.peers()) {
                peer.presharedKey().ifPresent(Secret::close);
                hasClient |= peer.publicKey().equals(client);
            }
            if (hasClient) {
                return Optional.of(tunnel.name());
            }
        }
        return Optional.empty();
    }

    /** How often packets of these clients, or to them, were dropped beside the ingress. */
    public synchronized long drops(TunnelDrop reason) {
        long sum = 0;
        for (Joined joined : interfaces.values()) {
            sum += joined.dropsIn.get(reason) + joined.dropsOut.get(reason);
        }
        return sum;
    }

    private DirectRules rules() {
        return rules;
    }
}
