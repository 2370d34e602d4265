package skyawg.mesh.tunnel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.lsp.Exits;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.Status;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.TunnelId;

/**
 * The tunnels that end here. Each has prefixes of its own as long as it lives; one without a path ends after a minute.
 *
 * @param <A> an adjacency
 */
public final class EgressTunnels<A> implements Exits<A> {
    public static final int MOST_TUNNELS = 4096;
    public static final int MOST_PER_NEIGHBOUR = 256;

    /** How often old keys and tunnels without a path are looked for. */
    static final long CARE_NANOS = 1_000_000_000L;

    private final Predicate<EgressRequest> services;
    private final PacketsOfTunnels<A> packets;
    private final Entropy entropy;
    private final PrefixPool pool;
    private final Map<TunnelId, EgressTunnel<A>> tunnels = new LinkedHashMap<>();
    private final Map<Lsp<A, LspCiphers>, EgressTunnel<A>> byPath = new LinkedHashMap<>();
    private final Map<Object, Integer> byNeighbour = new LinkedHashMap<>();
    private long careNanos;

    /** Makes the packet thread's side of a new tunnel. */
    @FunctionalInterface
    public interface PacketsOfTunnels<A> {
        /** @param exitService and {@code localName} as the request has them */
        TunnelPackets<A> make(Prefixes granted, int exitService, long localName);
    }

    /** @param services whether the exit service that a request names is offered */
    public EgressTunnels(Predicate<EgressRequest> services, PacketsOfTunnels<A> packets, Entropy entropy) {
        this.services = services;
        this.packets = packets;
        this.entropy = entropy;
        this.pool = new PrefixPool(entropy);
    }

    /** Upper half of the /48 that IPv6 prefixes are granted of. */
    public long ipv6Site() {
        return pool.site();
    }

    public int size() {
        return tunnels.size();
    }

    @Override
    public Answer ask(EgressRequest request, A upstream, long nowNanos) {
        if (!services.test(request)) {
            return new Answer.Refused(Status.SERVICE_NOT_OFFERED);
        }
        EgressTunnel<A> tunnel = tunnels.get(request.tunnelId());
        if (request.isJoining() ? tunnel == null : tunnel != null) {
            return new Answer.Refused(request.isJoining() ? Status.UNKNOWN_TUNNEL : Status.TUNNEL_EXISTS);
        }
        if (tunnel == null) {
            tunnel = create(request, upstream, nowNanos);
        }
        if (tunnel == null || !tunnel.hasRoom()) {
            return new Answer.Refused(Status.NO_CAPACITY);
        }
        if (!tunnel.useNumber(request.lspNumber())) {
            return new Answer.Refused(Status.POLICY);
        }
        Prefixes granted = tunnel.prefixes();
        return new Answer.Granted(granted.ipv4Length(), granted.ipv4(), granted.ipv6());
    }

    private @Nullable EgressTunnel<A> create(EgressRequest request, A upstream, long nowNanos) {
        int share = byNeighbour.getOrDefault(upstream, 0);
        if (tunnels.size() >= MOST_TUNNELS || share >= MOST_PER_NEIGHBOUR) {
            return null;
        }
        Prefixes prefixes = pool.take(request.ipv4PrefixLength(), nowNanos);
        if (prefixes == null) {
            return null;
        }
        EgressTunnel<A> tunnel = new EgressTunnel<>(request.tunnelId(), prefixes, upstream, entropy, nowNanos);
        if (tunnels.isEmpty()) {
            careNanos = nowNanos + CARE_NANOS;
        }
        tunnels.put(request.tunnelId(), tunnel);
        byNeighbour.put(upstream, share + 1);
        return tunnel;
    }

    @Override
    public void established(Lsp<A, LspCiphers> lsp, EgressRequest request, @Nullable EpochKeys epoch0, long nowNanos) {
        EgressTunnel<A> tunnel = tunnels.get(request.tunnelId());
        if (tunnel == null) {
            throw new IllegalStateException("a path ends here whose tunnel was not asked for");
        }
        if (epoch0 != null) {
            tunnel.begin(packets.make(tunnel.prefixes(), request.exitService(), request.localName()), epoch0, nowNanos);
        }
        tunnel.add(lsp);
        byPath.put(lsp, tunnel);
    }

    @Override
    public void withdrawn(EgressRequest request, long nowNanos) {
        EgressTunnel<A> tunnel = tunnels.get(request.tunnelId());
        if (tunnel != null && !request.isJoining()) {
            remove(request.tunnelId(), tunnel, nowNanos);
        }
    }

    @Override
    public void ended(Lsp<A, LspCiphers> lsp, LspEnd end, long nowNanos) {
        EgressTunnel<A> tunnel = byPath.remove(lsp);
        if (tunnel != null) {
            tunnel.remove(lsp, nowNanos);
        }
    }

    /**
     * A packet of control was opened, and was no repeat.
     *
     * @param content of its kind, with what pads it
     * @return paths that are to be ended, since the tunnel is over
     */
    public List<Lsp<A, LspCiphers>> onControl(
            Lsp<A, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos) {
        EgressTunnel<A> tunnel = byPath.get(lsp);
        if (tunnel == null || tunnel.onControl(lsp, epoch, kind, content, nowNanos)) {
            return List.of();
        }
        return tunnel.paths();
    }

    /** The first packet of this epoch was opened: the other end has its keys. */
    public void onOpened(Lsp<A, LspCiphers> lsp, int epoch, long nowNanos) {
        EgressTunnel<A> tunnel = byPath.get(lsp);
        if (tunnel != null) {
            tunnel.onOpened(epoch, nowNanos);
        }
    }

    /** Ends what time has ended. */
    public void advance(long nowNanos) {
        if (tunnels.isEmpty() || nowNanos - careNanos < 0) {
            return;
        }
        for (Map.Entry<TunnelId, EgressTunnel<A>> entry : new ArrayList<>(tunnels.entrySet())) {
            EgressTunnel<A> tunnel = entry.getValue();
            tunnel.advance(nowNanos);
            if (!tunnel.hasPath() && nowNanos - tunnel.emptyNanos() >= IngressTunnel.LOST_NANOS) {
                remove(entry.getKey(), tunnel, nowNanos);
            }
        }
        careNanos = nowNanos + CARE_NANOS;
    }

    /** When {@link #advance} next has something to do. */
    public long nextDeadline() {
        return tunnels.isEmpty() ? Deadlines.NEVER : careNanos;
    }

    private void remove(TunnelId id, EgressTunnel<A> tunnel, long nowNanos) {
        tunnels.remove(id);
        tunnel.close();
        pool.giveBack(tunnel.prefixes(), nowNanos);
        byNeighbour.computeIfPresent(tunnel.creator(), (_, count) -> count == 1 ? null : count - 1);
    }

    /** Ends all tunnels, wipes the keys. Their paths end by themselves. */
    public void close(long nowNanos) {
        for (Map.Entry<TunnelId, EgressTunnel<A>> entry : new ArrayList<>(tunnels.entrySet())) {
            remove(entry.getKey(), entry.getValue(), nowNanos);
        }
        byPath.clear();
    }
}
