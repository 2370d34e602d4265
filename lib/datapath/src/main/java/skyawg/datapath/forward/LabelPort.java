package skyawg.datapath.forward;

import java.util.function.LongConsumer;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.LspCiphers;

/**
 * What the ends of tunnels ask of the mesh device: its two threads, and the links to its neighbours. A simulator gives
 * them another, with a clock of its own.
 */
public interface LabelPort {
    /** Runs something on the conductor, which it is told the time of. */
    void execute(LongConsumer task);

    /**
     * Runs something on the packet thread, which it is told the time of, after what was given before and before the
     * packets that come after. It must be short.
     */
    void executeOnPackets(LongConsumer task);

    /**
     * Sends a packet along an LSP that begins here, at the end of the batch or by {@link #flush}. On the packet thread.
     *
     * @param packet whole but for its label, with room for it; changed
     */
    void send(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos);

    /** Sends what waits to be sent. On the packet thread, at the end of a worker's turn. */
    void flush();

    /** Ends the packet thread's sleep: a worker has something to do. Any thread. */
    void wakePackets();

    /** Runs a worker on the packet thread, after what the links bring. */
    void attach(Worker worker);

    /** Returns when the packet thread has let go of the worker and of what it watches. */
    void detach(Worker worker);
}
