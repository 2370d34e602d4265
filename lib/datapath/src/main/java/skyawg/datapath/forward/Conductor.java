package skyawg.datapath.forward;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import skyawg.datapath.peer.TunnelPeer;
import skyawg.datapath.sys.BootClock;
import skyawg.datapath.udp.SendBatch;
import skyawg.datapath.udp.UdpSockets;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.noise.HandshakeEngine;
import skyawg.protocol.noise.Keypair;
import skyawg.protocol.noise.Mac1Checker;
import skyawg.protocol.noise.Outbox;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.PeerTimers;
import skyawg.protocol.noise.TimerWake;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.noise.WallClock;
import skyawg.protocol.wire.DatagramBatch;
import skyawg.protocol.wire.UdpPath;

/**
 * An interface's third thread: owns the handshake engine and the configuration. It sleeps until a handshake message
 * arrives, a packet thread wishes something, a timer ends, or somebody calls.
 */
final class Conductor implements Runnable, Outbox, TimerWake {
    /** Long enough to cost nothing, short enough to notice that the machine has slept. */
    private static final long MAX_SLEEP_NANOS = 1_000_000_000L;

    private static final long RECLAIM_PAUSE_NANOS = 50_000L;
    private static final long RECLAIM_SLEEP_NANOS = 1_000_000L;
    /** Handshakes answered before timers and calls have their turn. */
    private static final int HANDSHAKE_BURST = 64;

    /** Multiplications ahead of need, some 40 us each, between two looks at the queue. */
    private static final int SECRETS_AT_ONCE = 8;

    /** Who has just changed or asked for something is likely to go on: the processor is left to them for so long. */
    private static final long AFTER_CALL_NANOS = 500_000_000L;

    private final SharedState shared;
    private final BootClock clock;
    private final HandshakeQueue handshakes;
    private final HandshakeEngine engine;
    private final Reclaimer reclaimer = new Reclaimer();
    private final SendBatch batch;
    private final EventCounters<DropReason> drops = new EventCounters<>(DropReason.class);
    private final EventCounters<Verdict> verdicts = new EventCounters<>(Verdict.class);
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread;
    private final Runnable onLinkChange;

    private SessionSender sender;
    private PacketLoop senderLoop;
    private List<PacketLoop> loops;
    private TimestampKeeper timestamps;
    private BooleanSupplier inbox = () -> false;
    private volatile boolean running = true;
    /** When somebody outside last had something done here. */
    private volatile long lastCallNanos;
    /** True from when on tasks may find nobody who runs them. */
    private volatile boolean ended;

    @SuppressWarnings("NullAway.Init") // wire() comes before start()
    Conductor(
            String interfaceName,
            Arena arena,
            SharedState shared,
            HandshakeQueue handshakes,
            BootClock clock,
            WallClock wallClock,
            Entropy entropy,
            Aeads aeads,
            Runnable onLinkChange) {
        this.shared = shared;
        this.clock = clock;
        this.handshakes = handshakes;
        this.batch = new SendBatch(arena);
        this.onLinkChange = onLinkChange;
        this.engine = new HandshakeEngine(entropy, wallClock, aeads, shared.indexTable(), this);
        this.thread =
                Thread.ofPlatform().name(interfaceName + " conductor").daemon().unstarted(this);
    }

    /** Names the sender, the loop that runs it, all loops, and who keeps timestamps. Before {@link #start}. */
    void wire(SessionSender sessionSender, PacketLoop sendingLoop, List<PacketLoop> allLoops, TimestampKeeper keeper) {
        timestamps = keeper;
        sender = sessionSender;
        senderLoop = sendingLoop;
        loops = List.copyOf(allLoops);
        for (PacketLoop loop : loops) {
            reclaimer.watch(loop);
        }
    }

    /** Deals with a part of what others woke us for; true when there is more. Before {@link #start}. */
    void setInbox(BooleanSupplier part) {
        inbox = part;
    }

    void start() {
        thread.start();
    }

    // Any thread may call these.

    void wake() {
        LockSupport.unpark(thread);
    }

    void wishHandshake(Peer peer) {
        execute(() -> engine.requestHandshake(peer, clock.nowNanos()));
    }

    void confirm(Keypair keypair) {
        execute(() -> engine.onFirstTransportUnderNext(keypair, clock.nowNanos()));
    }

    void linkChanged() {
        execute(onLinkChange);
    }

    @Override
    public void wake(Peer peer) {
        execute(() -> engine.reschedule(peer));
    }

    void execute(Runnable task) {
        tasks.add(task);
        wake();
    }

    /**
     * Runs a task on the conductor; the future has its result or its exception, {@link IllegalStateException} when the
     * conductor has ended.
     */
    <T> CompletableFuture<T> submit(Callable<T> task) {
        CompletableFuture<T> result = new CompletableFuture<>();
        lastCallNanos = clock.nowNanos();
        execute(() -> {
            try {
                result.complete(task.call());
            } catch (Exception e) {
                result.completeExceptionally(e);
            }
        });
        if (ended) {
            result.completeExceptionally(new IllegalStateException("the interface is closed"));
        }
        return result;
    }

    // The rest is the conductor's own.

    HandshakeEngine engine() {
        return engine;
    }

    Reclaimer reclaimer() {
        return reclaimer;
    }

    /** Gives back what has been retired; waits until packet threads have let go of it, a duty cycle at most. */
    void reclaimAll() {
        while (reclaimer.reclaim()) {
            LockSupport.parkNanos(this, RECLAIM_PAUSE_NANOS);
        }
    }

    /** Waits until every packet thread has left the poll that it may be in now. */
    void awaitNewCycles() {
        for (PacketLoop loop : loops) {
            loop.awaitNewCycle();
        }
    }

    /** After new settings were published: every packet thread looks at them before it sleeps on. */
    void wakeLoops() {
        for (PacketLoop loop : loops) {
            loop.wake();
        }
    }

    EventCounters<DropReason> drops() {
        return drops;
    }

    EventCounters<Verdict> verdicts() {
        return verdicts;
    }

    /** For the receiving thread. */
    Mac1Checker newMac1Checker() {
        return engine.newMac1Checker();
    }

    @Override
    public void run() {
        while (running) {
            clock.refresh();
            runTasks();
            receiveHandshakes();
            boolean hasMore = inbox.getAsBoolean();
            long now = clock.nowNanos();
            long next = engine.runTimers(now);
            timestamps.follow();
            boolean mustReclaim = reclaimer.reclaim();
            if (hasMore || !tasks.isEmpty() || handshakes.size() > 0 || !running) {
                continue;
            }
            long sleep = next == PeerTimers.NEVER ? MAX_SLEEP_NANOS : Math.min(next - now, MAX_SLEEP_NANOS);
            if (engine.hasSecretsToPrepare()) {
                long wait = lastCallNanos + AFTER_CALL_NANOS - now;
                if (wait <= 0) {
                    engine.prepareSecrets(SECRETS_AT_ONCE);
                    continue;
                }
                sleep = Math.min(sleep, wait);
            }
            if (mustReclaim) {
                sleep = Math.min(sleep, RECLAIM_SLEEP_NANOS);
            }
            if (sleep > 0) {
                LockSupport.parkNanos(this, sleep);
            }
        }
        ended = true;
        runTasks();
        reclaimer.reclaim();
    }

    /** Does what others have asked for so far. On this thread. */
    void runTasks() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            task.run();
        }
    }

    private void receiveHandshakes() {
        long now = clock.nowNanos();
        for (int i = 0; i < HANDSHAKE_BURST && handshakes.size() > 0; i++) {
            engine.underLoad(handshakes.size(), now);
            Verdict verdict = engine.receive(handshakes.type(), handshakes.message(), handshakes.source(), now);
            handshakes.remove();
            verdicts.count(verdict);
        }
    }

    @Override
    public void send(Peer peer, DatagramBatch datagrams) {
        UdpPath path = peer.path();
        if (path == null) {
            drops.count(DropReason.NO_ENDPOINT, datagrams.count());
            return;
        }
        send(path, datagrams);
        peer.addTxBytes(datagrams.totalBytes());
    }

    @Override
    public void reply(UdpPath to, DatagramBatch datagrams) {
        send(to, datagrams);
    }

    private void send(UdpPath path, DatagramBatch datagrams) {
        UdpSockets sockets = shared.settings().sockets();
        if (sockets == null) {
            drops.count(DropReason.SEND_REFUSED, datagrams.count());
            return;
        }
        int refused = 0;
        for (int i = 0; i < datagrams.count(); i++) {
            if (batch.isFull()) {
                refused += batch.flush(sockets);
            }
            batch.add(path, datagrams.address(i), datagrams.length(i), datagrams.length(i));
        }
        refused += batch.flush(sockets);
        drops.count(DropReason.SEND_REFUSED, refused);
    }

    @Override
    public void sendKeepalive(Peer peer) {
        command(new SenderCommand.SendKeepalive((TunnelPeer) peer));
    }

    @Override
    public void flushStaged(Peer peer) {
        command(new SenderCommand.FlushStaged((TunnelPeer) peer));
    }

    @Override
    public void dropStaged(Peer peer) {
        command(new SenderCommand.DropStaged((TunnelPeer) peer));
    }

    /** Any thread. */
    void sendPayload(TunnelPeer peer, byte[] payload) {
        command(new SenderCommand.SendPayload(peer, payload));
    }

    /** Makes the packet thread that sends look for what it has to do. */
    void wakeSender() {
        senderLoop.wake();
    }

    private void command(SenderCommand command) {
        sender.command(command);
        senderLoop.wake();
    }

    @Override
    public void retire(Keypair keypair) {
        reclaimer.retire(keypair::destroy);
    }

    @Override
    public void sessionEstablished(Peer peer) {
        // Nothing to do: packet threads read the peer's current keypair at every packet.
    }

    /** Ends the thread after all tasks given so far, and waits for it. */
    void stop() {
        execute(() -> running = false);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
