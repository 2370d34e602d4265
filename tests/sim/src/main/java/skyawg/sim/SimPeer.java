package skyawg.sim;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.names.PublicKey;

/** A neighbour, as a node has it: what the daemon's peers are, with virtual sessions. */
final class SimPeer extends TunnelPeer {
    static final int MOST_WAITING = 128;

    final SimNode owner;
    /** Whom the endpoint leads to; null when nobody is there. */
    final @Nullable SimNode remote;

    final boolean isStranger;
    /** Messages that wait for a session. */
    final ArrayDeque<byte[]> waiting = new ArrayDeque<>();

    @Nullable
    Session current;

    /** That we answered, and the neighbour has not used yet. */
    @Nullable
    Session next;

    boolean isHandshaking;
    int attempt;
    boolean isConfirmed;
    boolean isInUse;
    boolean isGone;
    /** What it sends with labels gets lost here. */
    boolean isBlackHole;

    long idleSinceNanos;
    long heardNanos;
    long sentNanos;

    /** Both ends of a session. The initiator makes the next one. */
    static final class Session {
        final SimPeer initiator;
        final SimPeer responder;
        final long bornNanos;

        Session(SimPeer initiator, SimPeer responder, long bornNanos) {
            this.initiator = initiator;
            this.responder = responder;
            this.bornNanos = bornNanos;
        }

        SimPeer otherEnd(SimPeer end) {
            return end == initiator ? responder : initiator;
        }
    }

    SimPeer(PublicKey key, SimNode owner, @Nullable SimNode remote, boolean isStranger, long nowNanos) {
        super(key, _ -> {});
        this.owner = owner;
        this.remote = remote;
        this.isStranger = isStranger;
        this.idleSinceNanos = nowNanos;
        this.heardNanos = nowNanos;
        this.sentNanos = nowNanos;
    }
}
