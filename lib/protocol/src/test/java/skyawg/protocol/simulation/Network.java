package skyawg.protocol.simulation;

import java.util.HashMap;
import java.util.Map;
import skyawg.protocol.names.Endpoint;
import skyawg.protocol.wire.UdpPath;

/** Carries datagrams between hosts, as badly as it is told to. */
final class Network {
    private static final long LEAST_DELAY = 5 * World.MILLI;

    private final World world;
    private final Trace trace;
    private final Invariants invariants;
    private final Map<Endpoint, Host> hosts = new HashMap<>();

    double loss;
    double duplication;
    double corruption;
    /** Each datagram takes up to this much longer than the last one may have: they overtake each other. */
    long jitter;

    Network(World world, Trace trace, Invariants invariants) {
        this.world = world;
        this.trace = trace;
        this.invariants = invariants;
    }

    /** Everything arrives, once, in order. */
    void mend() {
        loss = 0;
        duplication = 0;
        corruption = 0;
        jitter = 0;
    }

    void attach(Endpoint address, Host host) {
        hosts.put(address, host);
    }

    void detach(Endpoint address) {
        hosts.remove(address);
    }

    void send(Host from, UdpPath to, byte[] datagram) {
        invariants.onWire(datagram);
        if (from.isCutOff() || world.chance(loss)) {
            trace.add(() -> from + " -> " + to.remote() + ": " + datagram.length + " bytes, lost");
            return;
        }
        trace.add(() -> from + " -> " + to.remote() + ": " + datagram.length + " bytes");
        UdpPath source = UdpPath.to(from.address().address(), 0, from.address().port());
        Endpoint destination = Endpoint.of(to.remote(), to.port());
        int copies = world.chance(duplication) ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            byte[] bytes = world.chance(corruption) ? corrupted(datagram) : datagram;
            long delay = LEAST_DELAY + (jitter == 0 ? 0 : world.random().uniform(0, jitter));
            world.after(delay, () -> deliver(destination, source, bytes));
        }
    }

    private byte[] corrupted(byte[] datagram) {
        byte[] bytes = datagram.clone();
        if (bytes.length > 0) {
            bytes[world.pick(bytes.length)] ^= (byte) (1 << world.pick(Byte.SIZE));
        }
        return bytes;
    }

    private void deliver(Endpoint destination, UdpPath source, byte[] datagram) {
        Host host = hosts.get(destination);
        if (host != null) {
            host.receive(datagram, source);
        }
    }
}
