package skyawg.protocol.simulation;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.TimerWake;

/** A peer with its queue of packets that wait for a session. */
public final class SimulatedPeer extends Peer {
    /** When full, the oldest goes. */
    static final int STAGED_LIMIT = 128;

    private final ArrayDeque<byte[]> staged = new ArrayDeque<>();

    SimulatedPeer(PublicKey publicKey, TimerWake wake) {
        super(publicKey, wake);
    }

    void stage(byte[] packet) {
        if (staged.size() == STAGED_LIMIT) {
            staged.removeFirst();
        }
        staged.addLast(packet);
    }

    byte @Nullable [] nextStaged() {
        return staged.peekFirst();
    }

    void removeStaged() {
        staged.removeFirst();
    }

    public boolean hasStaged() {
        return !staged.isEmpty();
    }

    void dropStaged() {
        staged.clear();
    }
}
