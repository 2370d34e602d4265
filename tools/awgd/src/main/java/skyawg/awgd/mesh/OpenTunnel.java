package skyawg.awgd.mesh;

import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.tunnel.HopWord;
import skyawg.datapath.tunnel.IngressEdge;
import skyawg.datapath.tunnel.PathNews;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.datapath.tunnel.TunnelEndListener;
import skyawg.datapath.tunnel.TunnelEnds;
import skyawg.mesh.lsp.LspSignalling;
import skyawg.mesh.tunnel.IngressTunnel;
import skyawg.mesh.tunnel.Paths;
import skyawg.mesh.tunnel.Prefixes;
import skyawg.mesh.tunnel.TunnelState;
import skyawg.mesh.tunnel.TunnelTerms;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.multipath.SchedulerKind;
import skyawg.protocol.onion.LspCiphers;

/** A tunnel that is wanted here: one that has ended is begun anew, and clients' packets follow. The conductor's. */
public final class OpenTunnel {
    private static final long REST_NANOS = 1_000_000_000L;

    private final LspSignalling<TunnelPeer> signalling;
    private final TunnelEnds ends;
    private final TunnelEdges edges;
    private final MeshNode.Clients clients;
    private final TunnelTerms terms;
    private final SchedulerKind scheduler;
    private final Paths paths;
    private final Entropy entropy;
    private final Runnable whenHeard;
    private final IngressEdge.Route route = new IngressEdge.Route();

    private IngressTunnel<TunnelPeer> tunnel;
    private TunnelEnd end;
    private @Nullable Prefixes led;
    private boolean isResting;
    private long restUntilNanos;

    /** @param whenHeard called when packets have said something, which may change the next deadline */
    public OpenTunnel(
            LspSignalling<TunnelPeer> signalling,
            TunnelEnds ends,
            TunnelEdges edges,
            MeshNode.Clients clients,
            TunnelTerms terms,
            SchedulerKind scheduler,
            Paths paths,
            Entropy entropy,
            Runnable whenHeard,
            long nowNanos) {
        this.signalling = signalling;
        this.ends = ends;
        this.edges = edges;
        this.clients = clients;
        this.terms = terms;
        this.scheduler = scheduler;
        this.paths = paths;
        this.entropy = entropy;
        this.whenHeard = whenHeard;
        Begun begun = begin(nowNanos);
        this.tunnel = begun.tunnel();
        this.end = begun.end();
    }

    private record Begun(IngressTunnel<TunnelPeer> tunnel, TunnelEnd end) {}

    private Begun begin(long nowNanos) {
        Listener listener = new Listener();
        TunnelEnd fresh = new TunnelEnd(ends, true, scheduler.make(), listener, edges.outlet(route), nowNanos);
        listener.tunnel =
                new IngressTunnel<>(signalling, paths, terms, new DevicePackets(fresh, () -> {}), entropy, nowNanos);
        return new Begun(listener.tunnel, fresh);
    }

    public IngressTunnel<TunnelPeer> tunnel() {
        return tunnel;
    }

    public TunnelEnd end() {
        return end;
    }

    /** What a rule names. */
    IngressEdge.Route route() {
        return route;
    }

    public void advance(long nowNanos, long unixSeconds) {
        if (isResting && nowNanos - restUntilNanos >= 0) {
            isResting = false;
            Begun begun = begin(nowNanos);
            tunnel = begun.tunnel();
            end = begun.end();
        }
        tunnel.advance(nowNanos, unixSeconds);
        follow(nowNanos);
    }

    public long nextDeadline(long nowNanos) {
        return isResting ? restUntilNanos : tunnel.nextDeadline(nowNanos);
    }

    /** Lets clients' packets go where the tunnel stands now. */
    private void follow(long nowNanos) {
        if (tunnel.state() == TunnelState.CLOSED) {
            rest(nowNanos);
            return;
        }
        Prefixes granted = tunnel.prefixes().orElse(null);
        if (granted != null && !granted.equals(led)) {
            led = granted;
            edges.lead(route, end, clients, granted);
        }
    }

    private void rest(long nowNanos) {
        if (!isResting) {
            isResting = true;
            restUntilNanos = nowNanos + REST_NANOS;
            led = null;
            edges.lead(route, null, clients, null);
        }
    }

    public void close(long nowNanos) {
        tunnel.close(nowNanos);
        edges.lead(route, null, clients, null);
    }

    /** What the packets of one tunnel say; it may have been replaced meanwhile. */
    private final class Listener implements TunnelEndListener {
        private @Nullable IngressTunnel<TunnelPeer> tunnel;

        @Override
        public void control(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, int kind, byte[] content, long nowNanos) {
            if (tunnel != null) {
                tunnel.onControl(lsp, epoch, kind, content, nowNanos);
                follow(nowNanos);
                whenHeard.run();
            }
        }

        @Override
        public void opened(Lsp<TunnelPeer, LspCiphers> lsp, int epoch, long nowNanos) {
            if (tunnel != null) {
                tunnel.onOpened(epoch, nowNanos);
            }
        }

        @Override
        public void hopMessage(Lsp<TunnelPeer, LspCiphers> lsp, HopWord word, long nowNanos) {
            if (tunnel == null) {
                return;
            }
            switch (word) {
                case HopWord.Answer(int hop, long token) -> tunnel.onHopAnswer(lsp, hop, token, nowNanos);
                case HopWord.Broken(int hop, int _) -> {
                    tunnel.onBroken(lsp, hop, nowNanos);
                    follow(nowNanos);
                    whenHeard.run();
                }
            }
        }

        @Override
        public void news(Lsp<TunnelPeer, LspCiphers> lsp, PathNews news, long nowNanos) {
            if (tunnel == null) {
                return;
            }
            switch (news) {
                case SUSPECT -> tunnel.onSuspect(lsp, nowNanos);
                case TRUSTED -> tunnel.onTrusted(lsp, nowNanos);
                case SPOILED -> tunnel.onSpoiled(lsp, nowNanos);
                case WORN_OUT -> tunnel.onWornOut(lsp, nowNanos);
            }
            follow(nowNanos);
            whenHeard.run();
        }
    }
}
