package skyawg.mesh.lsp;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.setup.EgressRequest;
import skyawg.protocol.setup.Status;
import skyawg.protocol.tunnelkeys.EpochKeys;

/** What this node offers to paths that end here. */
public interface Exits<A> {
    /** An exit's word on a request. */
    sealed interface Answer {
        /**
         * The tunnel's prefixes: for one that joins, the same as before.
         *
         * @param ipv4PrefixLength 24 to 30
         * @param ipv6Prefix upper half of a /64
         */
        record Granted(int ipv4PrefixLength, int ipv4Prefix, long ipv6Prefix) implements Answer {}

        /** @param status anything but OK */
        record Refused(Status status) implements Answer {}
    }

    /** Whether the path may end here. What it grants is taken back by {@link #ended}, or when there was no place. */
    Answer ask(EgressRequest request, A upstream, long nowNanos);

    /**
     * The path is there: its reply is on the way.
     *
     * @param epoch0 the first keys of a tunnel that it creates, now the receiver's; null when it joins one
     */
    void established(Lsp<A, LspCiphers> lsp, EgressRequest request, @Nullable EpochKeys epoch0, long nowNanos);

    /** There was no place for what was granted. */
    void withdrawn(EgressRequest request, long nowNanos);

    void ended(Lsp<A, LspCiphers> lsp, LspEnd end, long nowNanos);
}
