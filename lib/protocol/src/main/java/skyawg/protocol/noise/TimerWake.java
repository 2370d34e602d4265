package skyawg.protocol.noise;

/** Called by a packet thread that has armed one of a peer's timers to end before the conductor was going to look. */
@FunctionalInterface
public interface TimerWake {
    /**
     * Must make the conductor call {@link HandshakeEngine#reschedule} for this peer soon. Called at most once until it
     * has.
     */
    void wake(Peer peer);
}
