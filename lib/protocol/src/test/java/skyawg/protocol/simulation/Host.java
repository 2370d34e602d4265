package skyawg.protocol.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.noise.Peer;
import skyawg.protocol.noise.PeerTimers;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.wire.UdpPath;

/** A machine with one tunnel interface: its node may be started anew, its address and its clock may change. */
final class Host implements AutoCloseable {
    private static final long START_OF_TIME = 1_780_272_000L * World.SECOND;

    private final World world;
    private final Network network;
    private final Trace trace;
    private final Observer observer;
    private final int number;
    private final Secret privateKey;
    private final ParameterSet parameters;
    private final List<Tunnel> tunnels = new ArrayList<>();
    private Endpoint address;
    private int moves;
    private int lives;
    private long wallOffset;
    private int queueLength;
    private boolean isAsleep;
    private boolean isUnplugged;
    private long wakeAt = PeerTimers.NEVER;
    private @Nullable Node node;

    /** One peer of the host, over all lives of its node. */
    static final class Tunnel {
        final Host from;
        final Host to;
        final boolean knowsEndpoint;
        final UintRange keepalive;
        private @Nullable Peer peer;

        private Tunnel(Host from, Host to, boolean knowsEndpoint, UintRange keepalive) {
            this.from = from;
            this.to = to;
            this.knowsEndpoint = knowsEndpoint;
            this.keepalive = keepalive;
        }
    }

    Host(
            World world,
            Network network,
            Trace trace,
            Observer observer,
            int number,
            Secret privateKey,
            ParameterSet parameters) {
        this.world = world;
        this.network = network;
        this.trace = trace;
        this.observer = observer;
        this.number = number;
        this.privateKey = privateKey;
        this.parameters = parameters;
        this.address = addressAfter(0);
        network.attach(address, this);
    }

    private Endpoint addressAfter(int move) {
        return Endpoint.of(IpAddress.v4(0x0a00_0000 + (number << 16) + move), 50_000 + move);
    }

    Endpoint address() {
        return address;
    }

    Node node() {
        if (node == null) {
            throw new IllegalStateException("host " + number + " is not started");
        }
        return node;
    }

    /** To be called before the first start. */
    Tunnel addTunnel(Host to, boolean knowsEndpoint, UintRange keepalive) {
        Tunnel tunnel = new Tunnel(this, to, knowsEndpoint, keepalive);
        tunnels.add(tunnel);
        return tunnel;
    }

    List<Tunnel> tunnels() {
        return tunnels;
    }

    PublicKey publicKey() {
        return node().publicKey();
    }

    /** The node before its peers, so that each host can name the others' keys. */
    void boot() {
        long seed = world.random().nextLong() ^ lives++;
        Node fresh = new Node(
                "host " + number,
                new SeededEntropy(seed),
                () -> START_OF_TIME + world.now() + wallOffset,
                (_, to, datagram) -> network.send(this, to, datagram),
                observer);
        fresh.engine().setPrivateKey(privateKey, world.now());
        fresh.setParameters(parameters, world.now());
        fresh.setHandshakeQueueLength(queueLength);
        node = fresh;
    }

    void bringUp() {
        for (Tunnel tunnel : tunnels) {
            Endpoint known = tunnel.to.address;
            UdpPath path = tunnel.knowsEndpoint ? UdpPath.to(known.address(), 0, known.port()) : null;
            Peer peer = node().addPeer(tunnel.to.publicKey(), Optional.empty(), path, world.now());
            tunnel.peer = peer;
        }
        node().engine().start(world.now());
        for (Tunnel tunnel : tunnels) {
            if (tunnel.peer != null) {
                node().engine().setPersistentKeepalive(tunnel.peer, tunnel.keepalive, world.now());
            }
        }
        work();
    }

    /** Dies and comes back with what a daemon keeps on disk: configuration and timestamp floor. */
    void restart() {
        trace.add(() -> this + " restarts");
        long floor = node().engine().timestampFloor();
        node().close();
        boot();
        node().engine().setTimestampFloor(floor);
        bringUp();
    }

    void send(Tunnel tunnel, byte[] packet) {
        if (!isAsleep && tunnel.peer != null) {
            node().sendPacket(tunnel.peer, packet, world.now());
            work();
        }
    }

    void receive(byte[] datagram, UdpPath source) {
        if (!isCutOff()) {
            node().receive(datagram, source, world.now());
            work();
        }
    }

    /** Moves to another address and port; datagrams under way to the old one are lost. */
    void roam() {
        trace.add(() -> this + " roams");
        network.detach(address);
        address = addressAfter(++moves);
        network.attach(address, this);
    }

    void setAsleep(boolean asleep) {
        trace.add(() -> this + (asleep ? " sleeps" : " is awake"));
        isAsleep = asleep;
        if (!asleep) {
            work();
        }
    }

    void setUnplugged(boolean unplugged) {
        trace.add(() -> this + (unplugged ? " is unplugged" : " is plugged in"));
        isUnplugged = unplugged;
    }

    /** How many handshake messages the node is to believe are waiting. */
    void setQueueLength(int length) {
        queueLength = length;
        node().setHandshakeQueueLength(length);
    }

    void turnClock(long nanos) {
        trace.add(() -> this + " has its clock turned by " + nanos / World.SECOND + " s");
        wallOffset += nanos;
    }

    boolean isCutOff() {
        return isAsleep || isUnplugged;
    }

    private void work() {
        long deadline = node().run(world.now());
        if (deadline < wakeAt) {
            wakeAt = deadline;
            world.at(deadline, () -> onDeadline(deadline));
        }
    }

    private void onDeadline(long deadline) {
        if (deadline == wakeAt) {
            wakeAt = PeerTimers.NEVER;
        }
        if (!isAsleep) {
            work();
        }
    }

    @Override
    public void close() {
        if (node != null) {
            node.close();
        }
        privateKey.close();
    }

    @Override
    public String toString() {
        return "host " + number;
    }
}
