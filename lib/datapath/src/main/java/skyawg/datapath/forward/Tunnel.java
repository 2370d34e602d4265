package skyawg.datapath.forward;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.tun.FramePort;
import skyawg.datapath.tun.LinkStatus;
import skyawg.datapath.tun.LinkView;
import skyawg.datapath.tun.TunDevice;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.noise.Verdict;
import skyawg.protocol.tunnel.InterfaceSnapshot;
import skyawg.protocol.tunnel.InterfaceUpdate;
import skyawg.protocol.tunnel.TunnelRefusedException;

/**
 * One tunnel interface: a TUN device, its sockets, peers and threads. Made by {@link #create} with the link down and
 * nothing set; it follows the link's state from then on. Any thread may call.
 */
public final class Tunnel implements AutoCloseable {
    private static final int DEFAULT_MTU = 1420;
    /** The largest content of a UDP datagram less what a transport message adds. */
    private static final int MAX_MTU = 65503;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final System.Logger LOG = System.getLogger(Tunnel.class.getName());

    private final String name;
    private final FramePort tun;
    private final LinkView link;
    private final SessionDevice device;
    private final TunSink sink;
    private final TunToUdp sender;
    private final Runnable whenGone;
    private final AtomicBoolean isClosed = new AtomicBoolean();
    private boolean isGone;

    /**
     * Makes the network interface {@code name}.
     *
     * @param whenGone called once, on a thread that must not be held up, when somebody else has removed the interface
     * @throws IOException saying which step failed
     */
    @SuppressWarnings("MustBeClosedChecker") // what is opened here is the tunnel's, which closes it
    public static Tunnel create(String name, TunnelOptions options, Runnable whenGone) throws IOException {
        Arena arena = Arena.ofShared();
        TunDevice tun = TunDevice.create(name);
        try {
            LinkStatus link = new LinkStatus(arena, name);
            link.setMtu(DEFAULT_MTU);
            return open(name, arena, tun, link, options, whenGone);
        } catch (IOException | RuntimeException e) {
            tun.close();
            arena.close();
            throw e;
        }
    }

    /**
     * Starts a tunnel on a port and a link that are there; all three, and the arena, are the tunnel's from then on.
     *
     * @param whenGone as in {@link #create}
     */
    public static Tunnel open(
            String name, Arena arena, FramePort tun, LinkView link, TunnelOptions options, Runnable whenGone)
            throws IOException {
        Tunnel tunnel = new Tunnel(name, arena, tun, link, options, whenGone);
        tunnel.linkChanged();
        return tunnel;
    }

    private Tunnel(String name, Arena arena, FramePort tun, LinkView link, TunnelOptions options, Runnable whenGone)
            throws IOException {
        this.name = name;
        this.tun = tun;
        this.link = link;
        this.whenGone = whenGone;
        device = new SessionDevice(name, arena, options, DEFAULT_MTU, false, this::followLink);
        sender = new TunToUdp(arena, tun, device.shared(), new SystemEntropy());
        sink = new TunSink(arena, tun, device.shared(), device.receivingDrops());
        device.start(sink, sender, sender.sender(), sender.drops());
    }

    /** The system's time of day, in nanoseconds since 1970-01-01 UTC. */
    public static long unixNanos() {
        Instant now = Instant.now();
        return now.getEpochSecond() * SECOND_NANOS + now.getNano();
    }

    public String name() {
        return name;
    }

    public InterfaceSnapshot snapshot() {
        return device.snapshot();
    }

    /** Applies the update whole, or refuses it and changes nothing. */
    public void apply(InterfaceUpdate update) throws TunnelRefusedException {
        device.apply(update);
    }

    /** Makes the tunnel look at its link again: something in the system has changed. */
    public void linkChanged() {
        device.conductor().linkChanged();
    }

    /** Makes the tunnel check that its peers' source addresses still fit the routes. */
    public void routesChanged() {
        device.routesChanged();
    }

    /**
     * Says what takes packets before the TUN does; null: nothing. Returns when the one before is not used any more. Not
     * on a packet thread.
     */
    public void setBypass(@Nullable Bypass bypass) {
        sink.setBypass(bypass);
        device.receivingLoop().awaitNewCycle();
    }

    /** Whether the interface's packets and those of the mesh are handled by one thread. */
    public boolean sharesThreadWith(MeshDevice mesh) {
        return device.sharesThreadWith(mesh.sessions());
    }

    /**
     * A way to the peers for what the mesh's packet thread brings.
     *
     * @param longest packet, in bytes
     */
    public PeerPort openPort(MeshDevice mesh, int longest) {
        boolean isOneThread = sharesThreadWith(mesh);
        PeerPort port = new PeerPort(device.shared(), sender, device.sendingLoop(), isOneThread, longest);
        device.attach(port);
        return port;
    }

    /** Returns when the interface's threads have let go of a port, which nobody may use any more. */
    public void closePort(PeerPort port) {
        device.detach(port);
    }

    /** How often packets were dropped for this reason. */
    public long drops(DropReason reason) {
        return device.drops(reason);
    }

    public long verdicts(Verdict verdict) {
        return device.verdicts(verdict);
    }

    /** On the conductor. */
    private void followLink() {
        if (!link.exists()) {
            if (!isGone) {
                isGone = true;
                whenGone.run();
            }
            return;
        }
        Configuration configuration = device.configuration();
        long now = device.clock().nowNanos();
        int mtu = Math.min(link.mtu(), MAX_MTU);
        boolean isUp = link.isUp();
        configuration.setMtu(mtu);
        if (isUp && !configuration.isUp()) {
            try {
                configuration.bringUp(mtu, now);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.ERROR, "({0}) {1}", name, e.getMessage());
            }
        } else if (!isUp && configuration.isUp()) {
            configuration.takeDown(now);
        }
    }

    /**
     * Ends all sessions, wipes the keys, stops the threads and removes the network interface. A second call does
     * nothing; what is asked of the tunnel afterwards fails.
     */
    @Override
    public void close() {
        if (!isClosed.compareAndSet(false, true)) {
            return;
        }
        device.stop();
        link.close();
        tun.close();
        device.free();
    }
}
