package skyawg.protocol.noise;

/**
 * Told of peers that nobody configured. On the conductor, when the engine has finished what it was about: every call of
 * the engine's is allowed.
 */
public interface DynamicPeerListener {
    /** The peer's first session is confirmed. It is not in use unless it was added so. */
    void came(Peer peer, long nowNanos);

    /** A peer that came, or was added by {@link DynamicPeers#add}, has been removed with its keys. */
    void went(Peer peer, DynamicPeerEnd end, long nowNanos);

    /** An initiation drew no answer. */
    void refused(StrangerRefusal reason);
}
