package skyawg.sim;

import java.util.ArrayDeque;
import java.util.function.LongConsumer;
import skyawg.datapath.forward.LabelForwarder;
import skyawg.datapath.forward.LabelPort;
import skyawg.datapath.forward.Worker;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.onion.LspCiphers;

/** A node's two threads, taking turns: what each is given is done in order, the packets' first, before time goes on. */
final class SimPort implements LabelPort {
    private final Timeline timeline;
    private final LabelForwarder forwarder;
    private final ArrayDeque<LongConsumer> forConductor = new ArrayDeque<>(4);
    private final ArrayDeque<LongConsumer> forPackets = new ArrayDeque<>(4);

    SimPort(Timeline timeline, LabelForwarder forwarder) {
        this.timeline = timeline;
        this.forwarder = forwarder;
    }

    /** Does all that there is to do. @return whether any of it was the conductor's */
    boolean runAll() {
        boolean wasConductors = false;
        while (!forPackets.isEmpty() || !forConductor.isEmpty()) {
            for (LongConsumer task = forPackets.poll(); task != null; task = forPackets.poll()) {
                task.accept(timeline.nowNanos());
            }
            LongConsumer task = forConductor.poll();
            if (task != null) {
                wasConductors = true;
                task.accept(timeline.nowNanos());
            }
        }
        return wasConductors;
    }

    @Override
    public void execute(LongConsumer task) {
        forConductor.add(task);
    }

    @Override
    public void executeOnPackets(LongConsumer task) {
        forPackets.add(task);
    }

    @Override
    public void send(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        forwarder.send(entry, packet, nowNanos);
    }

    @Override
    public void flush() {
        // Packets leave at once.
    }

    @Override
    public void wakePackets() {
        // The node looks when its workers are due after whatever happens.
    }

    @Override
    public void attach(Worker worker) {
        // There is one, and the node has it.
    }

    @Override
    public void detach(Worker worker) {
        // As above.
    }
}
