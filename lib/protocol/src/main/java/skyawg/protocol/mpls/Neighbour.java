package skyawg.protocol.mpls;

/**
 * What this node keeps of an adjacency: the labels it gave, and what the neighbour holds of the node's LSPs. Packet
 * threads look at {@link #labels} only; the rest is the conductor's.
 */
public final class Neighbour<A, K> {
    private final A adjacency;
    private final LabelSpace<A, K> labels = new LabelSpace<>();
    private final FairShare.Holder<Lsp<A, K>> lsps;
    private final FairShare.Holder<Lsp<A, K>> pending;

    Neighbour(A adjacency, FairShare.Holder<Lsp<A, K>> lsps, FairShare.Holder<Lsp<A, K>> pending) {
        this.adjacency = adjacency;
        this.lsps = lsps;
        this.pending = pending;
    }

    public A adjacency() {
        return adjacency;
    }

    public LabelSpace<A, K> labels() {
        return labels;
    }

    /** How many LSPs this neighbour set up through us. */
    public int lspCount() {
        return lsps.count();
    }

    /** How many of those wait for their reply. */
    public int pendingCount() {
        return pending.count();
    }

    /** True when no LSP of either direction needs the adjacency. */
    public boolean isUnused() {
        return lsps.count() == 0 && labels.drawn() == 0;
    }

    /** True when a confirmed LSP over this adjacency is {@link Lsp#isBusy}. To be asked about once a second. */
    public boolean isBusy(long nowNanos) {
        boolean[] isBusy = {false};
        labels.forEach(entry -> {
            Lsp<A, K> lsp = entry.lsp();
            isBusy[0] |= lsp != null && lsp.isBusy(nowNanos);
        });
        return isBusy[0];
    }

    FairShare.Holder<Lsp<A, K>> lsps() {
        return lsps;
    }

    FairShare.Holder<Lsp<A, K>> pending() {
        return pending;
    }
}
