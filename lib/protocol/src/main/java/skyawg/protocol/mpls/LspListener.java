package skyawg.protocol.mpls;

/**
 * What the {@link Lfib} asks for. Called by the conductor, from within the call that led to it; it must not call back.
 */
public interface LspListener<A, K> {
    /**
     * Send a {@link ReleaseMessage}.
     *
     * @param entry the label stack entry that this neighbour expects
     */
    void sendRelease(A adjacency, int entry, int reasonCode);

    /** Send the hop message "broken" to the ingress of this LSP, whose keys serve for two seconds more. */
    void sendBroken(Lsp<A, K> lsp, ReleaseReason reason);

    /** The LSP is gone: destroy its hop keys when no packet thread uses them any more. */
    void ended(Lsp<A, K> lsp, LspEnd end);
}
