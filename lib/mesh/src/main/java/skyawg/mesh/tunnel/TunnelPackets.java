package skyawg.mesh.tunnel;

import java.util.List;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnelkeys.EpochKeys;
import skyawg.protocol.tunnelkeys.EpochWatcher;

/**
 * The packet thread's side of one tunnel. Calls take effect in their order, and before the packets that are sent after
 * them.
 *
 * @param <A> an adjacency
 */
public interface TunnelPackets<A> extends EpochWatcher {
    /** Packets of this epoch are opened from now on. Copies of the keys are made before this returns. */
    @Override
    void usable(EpochKeys keys);

    /** Packets of this epoch are not opened any more. */
    @Override
    void erased(EpochKeys keys);

    /** Packets are sealed in this epoch from now on. */
    void sealIn(int epoch);

    /** Packets of this LSP are opened for the tunnel. */
    void attach(Lsp<A, LspCiphers> lsp);

    /** The LSP is no more part of the tunnel. */
    void detach(Lsp<A, LspCiphers> lsp);

    /**
     * Which LSPs carry user data, and which are kept ready to replace those: something comes and goes on all of them.
     * Others of the tunnel carry what {@link #send} is given, and nothing else.
     *
     * @param active none: user data is dropped
     */
    void carryOn(List<Lsp<A, LspCiphers>> active, List<Lsp<A, LspCiphers>> warm);

    /** Whether so many packets were sealed in the present epoch that it must end. */
    boolean isRenewalDue();

    /**
     * Seals and sends a packet of control.
     *
     * @param kind of {@link skyawg.protocol.onion.Kind}
     * @param content not changed afterwards
     */
    void send(Lsp<A, LspCiphers> lsp, int kind, byte[] content);

    /** Asks a transit of this LSP for an answer with this token. */
    void askHop(Lsp<A, LspCiphers> lsp, int hop, long token);

    /** The tunnel is no more: its ciphers are closed. */
    void close();
}
