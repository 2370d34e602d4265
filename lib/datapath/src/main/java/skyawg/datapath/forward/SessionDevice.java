package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import skyawg.datapath.sys.BootClock;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.noise.IndexTable;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.obfuscation.ObfuscationProfile;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * An interface but for what lies behind it: its key, sockets, peers, sessions and threads. Where payloads go is a
 * {@link PayloadSink}, where they come from a worker with a {@link SessionSender}.
 */
final class SessionDevice {
    private final Arena arena;
    private final PacketLoops threads;
    private final SharedState shared;
    private final HandshakeQueue handshakes;
    private final Conductor conductor;
    private final Configuration configuration;
    private final TimestampKeeper timestamps;
    private final List<PacketLoop> loops;
    private final EventCounters<DropReason> receivingDrops = new EventCounters<>(DropReason.class);

    private UdpReceiver receiver;
    private Worker sendingWorker;
    private EventCounters<DropReason> sendingDrops;

    /**
     * @param arena the device's from now on
     * @param mustBeOneThread sink and sending worker call one another
     * @param whenLinkChanges run on the conductor
     */
    @SuppressWarnings("NullAway.Init") // start() comes before anything else
    SessionDevice(
            String name, Arena arena, TunnelOptions options, int mtu, boolean mustBeOneThread, Runnable whenLinkChanges)
            throws IOException {
        this.arena = arena;
        this.threads = options.threads();
        SystemEntropy entropy = new SystemEntropy();
        ObfuscationProfile plain = ObfuscationProfile.compile(ParameterSet.DEFAULTS, 0);
        shared = new SharedState(new IndexTable(entropy), new TunnelSettings(plain, null, mtu));
        handshakes = new HandshakeQueue(arena);
        conductor = new Conductor(
                name,
                arena,
                shared,
                handshakes,
                threads.clock(),
                options.wallClock(),
                entropy,
                options.aeads(),
                whenLinkChanges);
        shared.setConductor(conductor);
        timestamps = new TimestampKeeper(name, conductor.engine(), options.timestamps());
        configuration = new Configuration(name, shared, conductor, timestamps, options.offloads());
        loops = threads.take(name, mustBeOneThread);
    }

    SharedState shared() {
        return shared;
    }

    Conductor conductor() {
        return conductor;
    }

    /** For the conductor. */
    Configuration configuration() {
        return configuration;
    }

    BootClock clock() {
        return threads.clock();
    }

    /** For the receiving thread. */
    EventCounters<DropReason> receivingDrops() {
        return receivingDrops;
    }

    /**
     * Starts the threads.
     *
     * @param sink where payloads go
     * @param worker sends with {@code sender}
     * @param drops what it counts
     */
    void start(PayloadSink sink, Worker worker, SessionSender sender, EventCounters<DropReason> drops) {
        sendingWorker = worker;
        sendingDrops = drops;
        receiver = new UdpReceiver(arena, shared, sink, handshakes, conductor.newMac1Checker(), receivingDrops);
        conductor.wire(sender, loops.getFirst(), loops, timestamps);
        conductor.start();
        PacketLoops.attach(loops, receiver, worker);
    }

    PacketLoop sendingLoop() {
        return loops.getFirst();
    }

    PacketLoop receivingLoop() {
        return loops.getLast();
    }

    /** Whether all packets of both are handled by one thread. */
    @SuppressWarnings("ReferenceEquality") // a loop is one object
    boolean sharesThreadWith(SessionDevice other) {
        return sendingLoop() == receivingLoop()
                && other.sendingLoop() == other.receivingLoop()
                && sendingLoop() == other.sendingLoop();
    }

    /** Runs one more worker on the device's first thread. */
    void attach(Worker worker) {
        loops.getFirst().attach(List.of(worker));
    }

    void detach(Worker worker) {
        loops.getFirst().detach(List.of(worker));
    }

    InterfaceSnapshot snapshot() {
        return conductor.submit(configuration::snapshot).join();
    }

    /** Applies the update whole, or refuses it and changes nothing. */
    void apply(InterfaceUpdate update) throws TunnelRefusedException {
        CompletableFuture<Void> done = conductor.submit(() -> {
            configuration.apply(update, clock().nowNanos());
            return null;
        });
        try {
            done.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TunnelRefusedException refused) {
                throw refused;
            }
            throw e;
        }
    }

    void routesChanged() {
        conductor.execute(configuration::checkSources);
    }

    long drops(DropReason reason) {
        return sendingDrops.get(reason)
                + receivingDrops.get(reason)
                + conductor.drops().get(reason);
    }

    long verdicts(Verdict verdict) {
        return conductor.verdicts().get(verdict);
    }

    /** Ends all sessions, wipes the keys, stops the threads. Then {@link #free}. */
    void stop() {
        conductor
                .submit(() -> {
                    configuration.close(clock().nowNanos());
                    return null;
                })
                .join();
        threads.release(loops, receiver, sendingWorker);
        conductor.stop();
    }

    /** Gives the memory back. */
    void free() {
        arena.close();
    }
}
