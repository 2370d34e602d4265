package skyawg.datapath.tunnel;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.LabelPort;
import skyawg.datapath.forward.LspEnds;
import skyawg.datapath.forward.MeshDevice;
import skyawg.datapath.forward.Worker;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.agenda.Agenda;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.mpls.LabelledPacket;
import skyawg.protocol.mpls.Lsp;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.multipath.ByteBudget;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.wire.Memory;

/**
 * The tunnels that begin or end at this node, on its mesh device's packet thread: which of them an LSP belongs to, what
 * they share, and when each must look at the clock.
 *
 * <p>The packet thread's, but for what says otherwise.
 */
public final class TunnelEnds implements LspEnds, Worker {
    private final Entropy entropy;
    private final Arena arena = Arena.ofAuto();
    private final long scratch = Memory.allocate(arena, LabelledPacket.MAX_PACKET_LENGTH);
    private final ByteBudget budget = new ByteBudget(ByteBudget.NODE_DEFAULT);
    private final HeldPackets held = new HeldPackets();
    private final Map<Lsp<TunnelPeer, LspCiphers>, PathEnd> paths = new HashMap<>();
    private final Agenda<TunnelEnd> agenda = new Agenda<>();
    private final List<EdgeDevice> edges = new ArrayList<>();
    private final List<DirectReturn> returns = new ArrayList<>();

    private @Nullable LabelPort port;

    /** @param entropy the packet thread's own */
    public TunnelEnds(Entropy entropy) {
        this.entropy = entropy;
    }

    /** Begins to serve the device that was opened with this. Once, before there is any tunnel. */
    public void start(LabelPort served) {
        port = served;
        served.attach(this);
    }

    private LabelPort port() {
        if (port == null) {
            throw new IllegalStateException("the tunnels' ends were not started");
        }
        return port;
    }

    /** The device that it was started with, for those who share its threads. */
    MeshDevice device() {
        if (port() instanceof MeshDevice device) {
            return device;
        }
        throw new IllegalStateException("the tunnels' ends serve no mesh device");
    }

    /** Lets users' packets go to and come from a network interface. Any thread. */
    public void open(EdgeDevice edge) {
        port().executeOnPackets(_ -> edges.add(edge));
        port().attach(edge);
    }

    /** Returns when the packet thread doesn't use the interface any more. Any thread. */
    public void close(EdgeDevice edge) {
        port().detach(edge);
        port().executeOnPackets(_ -> edges.remove(edge));
    }

    /** Runs something on the packet thread. Any thread. */
    public void execute(LongConsumer task) {
        port().executeOnPackets(task);
    }

    /** Runs something on the conductor. */
    void report(LongConsumer task) {
        port().execute(task);
    }

    Entropy entropy() {
        return entropy;
    }

    ByteBudget budget() {
        return budget;
    }

    HeldPackets held() {
        return held;
    }

    /** Where a packet is made that is sent at once. */
    long scratch() {
        return scratch;
    }

    /** Sends a packet that has all its layers. */
    void send(PathEnd end, long packet, long nowNanos) {
        port().send(end.out(), packet, nowNanos);
    }

    /** Sends what waits to be sent. */
    void flushSends() {
        port().flush();
    }

    /** Ends the packet thread's sleep. Any thread. */
    void wake() {
        port().wakePackets();
    }

    void add(DirectReturn back) {
        returns.add(back);
    }

    void remove(DirectReturn back) {
        returns.remove(back);
    }

    /**
     * Gives a packet to a client without the kernel.
     *
     * @return false when the kernel is to have it; then it is unchanged
     */
    boolean deliverDirectly(long packet, int length, long nowNanos) {
        for (int i = 0; i < returns.size(); i++) {
            if (returns.get(i).deliver(packet, length, nowNanos)) {
                return true;
            }
        }
        return false;
    }

    void add(Lsp<TunnelPeer, LspCiphers> lsp, PathEnd end) {
        paths.put(lsp, end);
    }

    @Nullable
    PathEnd find(Lsp<TunnelPeer, LspCiphers> lsp) {
        return paths.get(lsp);
    }

    @Nullable
    PathEnd remove(Lsp<TunnelPeer, LspCiphers> lsp) {
        return paths.remove(lsp);
    }

    void schedule(TunnelEnd end, long dueNanos) {
        agenda.put(end, dueNanos);
    }

    void unschedule(TunnelEnd end) {
        agenda.remove(end);
    }

    @Override
    public void arrive(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        Lsp<TunnelPeer, LspCiphers> lsp = entry.lsp();
        PathEnd end = lsp == null ? null : paths.get(lsp);
        if (end != null) {
            end.tunnel().arrive(end, entry, packet, nowNanos);
        }
    }

    @Override
    public void flush() {
        for (int i = 0; i < edges.size(); i++) {
            edges.get(i).flush();
        }
        for (int i = 0; i < returns.size(); i++) {
            returns.get(i).flush();
        }
        held.recycle();
    }

    @Override
    public long wakeNanos() {
        return agenda.nextNanos();
    }

    @Override
    public int doWork(long pollFds, long nowNanos) {
        int work = 0;
        for (TunnelEnd first = agenda.first();
                first != null && nowNanos - first.dueNanos() >= 0;
                first = agenda.first()) {
            agenda.put(first, Math.max(first.tick(nowNanos), nowNanos + 1));
            work++;
        }
        if (work > 0) {
            flush();
            port().flush();
        }
        return 0;
    }
}
