package skyawg.mesh.lsp;

import org.jspecify.annotations.Nullable;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.onion.LspCiphers;

/**
 * What path signalling asks of the device that holds the sessions.
 *
 * @param <A> an adjacency
 */
public interface Links<A> {
    /** The adjacency with this node, or null when there is none. */
    @Nullable
    A find(PublicKey node);

    /**
     * Makes an adjacency with this node. The handshake follows with the first message: two tries in three seconds.
     *
     * @return null when there is no place for another peer
     */
    @Nullable
    A reach(PublicKey node, Endpoint endpoint);

    /** Whether there is a session with it. */
    boolean isUp(A adjacency);

    /** Agrees on a new session, which the present one serves until then: the neighbour may have forgotten that. */
    void renew(A adjacency);

    PublicKey key(A adjacency);

    /** Says whether {@link #heardNanos} and {@link #sentNanos} will be asked: their times are kept from now on. */
    void setTimed(A adjacency, boolean isTimed);

    /** When the last authenticated packet of any kind came; the past may be told late, never the future. */
    long heardNanos(A adjacency);

    /** When the last authenticated packet of any kind went out. */
    long sentNanos(A adjacency);

    /** Sends a message as soon as there is a session. The array is not changed afterwards. */
    void send(A adjacency, byte[] message);

    /** Says whether any path needs the adjacency: one that none needs goes after a minute. */
    void setInUse(A adjacency, boolean inUse);

    /**
     * Sends the hop message "broken" towards the ingress.
     *
     * @param reverse of the LSP; its keys serve for two seconds more
     */
    void sendBroken(Nhlfe<A, LspCiphers> reverse, ReleaseReason reason);

    /** Closes the keys of an LSP that is gone as soon as no packet thread can be using them. */
    void retire(LspCiphers ciphers);
}
