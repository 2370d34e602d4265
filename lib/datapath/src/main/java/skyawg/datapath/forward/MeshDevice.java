package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.mpls.LinkTestMessage;
import skyawg.protocol.mpls.Nhlfe;
import skyawg.protocol.mpls.ReleaseReason;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.onion.LspCiphers;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * The mesh device: sessions whose payloads are labelled packets and messages of neighbours instead of IP packets. It
 * has no network interface; its sockets are open as long as it is. Any thread may call, unless something else is said.
 */
public final class MeshDevice implements LabelPort, AutoCloseable {
    /** Of a link, for padding: the largest labelled packet, and a byte. */
    public static final int LINK_MTU = LinkTestMessage.LENGTH;

    private static final int MESSAGE_BURST = 64;
    private static final int MESSAGE_SLOTS = 256;

    private final SessionDevice device;
    private final PacketRing<TunnelPeer> messages;
    private final ChannelListener listener;
    private final LabelSwitch labelSwitch;
    private final @Nullable Adjacencies adjacencies;
    private final EventCounters<LabelDropReason> messageDrops = new EventCounters<>(LabelDropReason.class);
    private final AtomicBoolean isClosed = new AtomicBoolean();

    /** With configured peers alone. */
    public static MeshDevice open(String name, TunnelOptions options, ChannelListener listener, LspEnds ends)
            throws IOException {
        return open(name, options, null, listener, ends);
    }

    /**
     * @param name for threads and messages
     * @param policy null when all peers are configured
     * @throws IOException when the sockets cannot be opened
     */
    @SuppressWarnings("MustBeClosedChecker") // the arena is the device's
    public static MeshDevice open(
            String name,
            TunnelOptions options,
            @Nullable AdjacencyPolicy policy,
            ChannelListener listener,
            LspEnds ends)
            throws IOException {
        MeshDevice mesh = new MeshDevice(name, Arena.ofShared(), options, policy, listener, ends);
        try {
            mesh.bringUp();
        } catch (IOException e) {
            mesh.close();
            throw e;
        }
        return mesh;
    }

    private MeshDevice(
            String name,
            Arena arena,
            TunnelOptions options,
            @Nullable AdjacencyPolicy policy,
            ChannelListener listener,
            LspEnds ends)
            throws IOException {
        this.listener = listener;
        device = new SessionDevice(name, arena, options, LINK_MTU, true, () -> {});
        messages = new PacketRing<>(arena, MESSAGE_SLOTS, 0, LINK_MTU);
        labelSwitch = new LabelSwitch(arena, device.shared(), messages, ends, new SystemEntropy());
        adjacencies = policy == null
                ? null
                : new Adjacencies(policy, device.conductor(), device.clock().nowNanos());
        device.conductor().setInbox(this::takeMessages);
        device.start(labelSwitch, labelSwitch, labelSwitch.sender(), labelSwitch.sendingDrops());
    }

    private void bringUp() throws IOException {
        CompletableFuture<@Nullable IOException> failure = device.conductor().submit(() -> {
            try {
                device.configuration().bringUp(LINK_MTU, device.clock().nowNanos());
                return null;
            } catch (IOException e) {
                return e;
            }
        });
        IOException failed = failure.join();
        if (failed != null) {
            throw failed;
        }
    }

    /** Returns true when more are there: timers and handshakes have their turn between bursts. */
    private boolean takeMessages() {
        for (int i = 0; i < MESSAGE_BURST && messages.size() > 0; i++) {
            TunnelPeer from = messages.companion();
            if (isAdjacent(from)) {
                listener.onMessage(
                        from,
                        messages.packet(),
                        messages.length(),
                        device.clock().nowNanos());
            } else {
                messageDrops.count(LabelDropReason.NOT_ADJACENT);
            }
            messages.remove();
        }
        return messages.size() > 0;
    }

    /** The first message under a session may come here before the news that the session is confirmed. */
    private boolean isAdjacent(TunnelPeer from) {
        if (from.lastHandshakeUnixNanos() == 0) {
            device.conductor().runTasks();
        }
        return from.lastHandshakeUnixNanos() != 0 && !from.isRemoved();
    }

    public InterfaceSnapshot snapshot() {
        return device.snapshot();
    }

    /** Applies the update whole, or refuses it and changes nothing. */
    public void apply(InterfaceUpdate update) throws TunnelRefusedException {
        device.apply(update);
    }

    /**
     * Neighbours that nobody configured.
     *
     * @throws IllegalStateException when the device was opened without a policy for them
     */
    public Adjacencies adjacencies() {
        if (adjacencies == null) {
            throw new IllegalStateException("the mesh device has configured peers alone");
        }
        return adjacencies;
    }

    /** Null when there is no such neighbour. On the conductor. */
    public @Nullable TunnelPeer find(PublicKey key) {
        return (TunnelPeer) device.conductor().engine().find(key);
    }

    /** Begins a handshake with a neighbour that has a session already; at most one in a while. On the conductor. */
    public void renewSession(TunnelPeer neighbour, long nowNanos) {
        device.conductor().engine().renew(neighbour, nowNanos);
    }

    @Override
    public void execute(LongConsumer task) {
        device.conductor().execute(() -> task.accept(device.clock().nowNanos()));
    }

    /**
     * Sends a message to a neighbour, as soon as there is a session with it. The array is not changed afterwards.
     *
     * @throws IllegalArgumentException when it is longer than {@link #LINK_MTU}
     */
    public void send(TunnelPeer to, byte[] message) {
        if (message.length > LINK_MTU) {
            throw new IllegalArgumentException("a link carries " + LINK_MTU + " bytes, not " + message.length);
        }
        device.conductor().sendPayload(to, message);
    }

    @Override
    public void executeOnPackets(LongConsumer task) {
        labelSwitch.submit(task);
        device.conductor().wakeSender();
    }

    @Override
    public void send(Nhlfe<TunnelPeer, LspCiphers> entry, long packet, long nowNanos) {
        labelSwitch.send(entry, packet, nowNanos);
    }

    /**
     * Tells the ingress of an LSP that leads through this node that the link behind is broken.
     *
     * @param reverse of the LSP
     */
    public void sendBroken(Nhlfe<TunnelPeer, LspCiphers> reverse, ReleaseReason reason) {
        executeOnPackets(now -> labelSwitch.sendBroken(reverse, reason, now));
    }

    @Override
    public void flush() {
        labelSwitch.flushSends();
    }

    @Override
    public void wakePackets() {
        device.sendingLoop().wake();
    }

    SessionDevice sessions() {
        return device;
    }

    @Override
    public void attach(Worker worker) {
        device.attach(worker);
    }

    @Override
    public void detach(Worker worker) {
        device.detach(worker);
    }

    /** Runs something when no packet thread can be using what was unlinked before. On the conductor. */
    public void retire(Runnable release) {
        device.conductor().reclaimer().retire(release);
    }

    /** Makes the device check that its peers' source addresses still fit the routes. */
    public void routesChanged() {
        device.routesChanged();
    }

    /** How often datagrams were dropped for this reason. */
    public long drops(DropReason reason) {
        return device.drops(reason);
    }

    /** How often what they brought was dropped for this reason. */
    public long drops(LabelDropReason reason) {
        return labelSwitch.drops().get(reason) + messageDrops.get(reason);
    }

    public long verdicts(Verdict verdict) {
        return device.verdicts(verdict);
    }

    /** Ends all sessions, wipes the keys, stops the threads. A second call does nothing. */
    @Override
    public void close() {
        if (isClosed.compareAndSet(false, true)) {
            device.stop();
            device.free();
        }
    }
}
