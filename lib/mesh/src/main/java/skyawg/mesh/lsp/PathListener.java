package skyawg.mesh.lsp;

import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.Unwound;

/** Hears what becomes of a path that this node set up. Each path has one of the first two, and the third after that. */
public interface PathListener<A> {
    /** Every hop agrees. Payload has not come back yet: only then the path counts as up. */
    void established(Lsp<A, LspCiphers> lsp, Unwound.Established reply, long nowNanos);

    void failed(SetupFailure failure, long nowNanos);

    /** An established path is gone. */
    void ended(Lsp<A, LspCiphers> lsp, LspEnd end, long nowNanos);
}
