package skyawg.mesh.lsp;

import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.setup.Unwound;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** What an ingress hears of one path; it fails the test when it hears more than once of the same thing. */
final class HeardPath implements PathListener<VirtualNode.Adjacency>, AutoCloseable {
    @Nullable
    Lsp<VirtualNode.Adjacency, LspCiphers> lsp;

    List<ReplyRecord> replies = List.of();

    @Nullable
    EpochKeys epoch0;

    @Nullable
    SetupFailure failure;

    @Nullable
    LspEnd end;

    long outcomeNanos;

    boolean isDecided() {
        return lsp != null || failure != null;
    }

    @Override
    public void established(Lsp<VirtualNode.Adjacency, LspCiphers> path, Unwound.Established reply, long nowNanos) {
        requireUndecided();
        lsp = path;
        replies = reply.replies();
        epoch0 = reply.epoch0();
        outcomeNanos = nowNanos;
    }

    @Override
    public void failed(SetupFailure why, long nowNanos) {
        requireUndecided();
        failure = why;
        outcomeNanos = nowNanos;
    }

    @Override
    public void ended(Lsp<VirtualNode.Adjacency, LspCiphers> path, LspEnd why, long nowNanos) {
        if (lsp == null || end != null) {
            throw new AssertionError("a path ended that was not there");
        }
        end = why;
    }

    private void requireUndecided() {
        if (isDecided()) {
            throw new AssertionError("a path came about, or failed, twice");
        }
    }

    @Override
    public void close() {
        if (epoch0 != null) {
            epoch0.close();
        }
    }
}
