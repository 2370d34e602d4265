package skyawg.protocol.multipath;

/** Which path, or paths, a packet of user data takes. One instance a tunnel and direction; one thread. */
public sealed interface Scheduler permits EcfScheduler, WeightedScheduler, FlowScheduler, DuplicateScheduler {
    /**
     * Chooses. Only {@link SendPath#onSent} tells the path about the packet.
     *
     * @param bodyLength ciphertext and tag
     * @param flowHash a number that all packets of an inner flow share; anything unless {@link #readsFlowHash}
     * @return the slots to send it on, as bits; {@link SendPaths#NONE} when the tunnel is down
     */
    int choose(SendPaths paths, int bodyLength, int flowHash, long nowNanos);

    /** Whether {@link #choose} looks at the flow, so that the packet's headers have to be read for it. */
    default boolean readsFlowHash() {
        return false;
    }
}
