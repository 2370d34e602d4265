package skyawg.protocol.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import skyawg.protocol.names.Secret;
import skyawg.protocol.names.UintRange;
import skyawg.protocol.obfuscation.ParameterSet;
import skyawg.protocol.simulation.Host.Tunnel;

/**
 * One seed's hour: two to eight hosts around one that keeps its address, trouble and calm in turn. In calm every tunnel
 * must carry again, each way, within {@link #RECOVERY} of the last fault, and from then on lose nothing until the next.
 */
final class SimulatedHour implements AutoCloseable {
    static final long RECOVERY = 20 * World.SECOND;

    private static final long HOUR = 3600 * World.SECOND;
    /** A packet sent less than this before the calm ends may still be under way then. */
    private static final long GRACE = World.SECOND;

    private final World world;
    private final Trace trace;
    private final Network network;
    private final Invariants invariants;
    private final List<Host> hosts = new ArrayList<>();
    private final List<Tunnel> tunnels = new ArrayList<>();
    private final Trouble trouble;

    /** Packets of this calm, which began at {@code calmSince}. */
    private final Map<Long, SentPacket> calmPackets = new HashMap<>();

    private boolean isCalm;
    private long calmSince;
    private long worstRecovery;
    private int troubles;

    private record SentPacket(Tunnel tunnel, long nanos) {}

    /** @param isTraced whether a breach prints what went before */
    SimulatedHour(long seed, boolean isTraced) {
        world = new World(seed);
        trace = new Trace(world, isTraced);
        invariants = new Invariants(world, trace);
        network = new Network(world, trace, invariants);
        ParameterSet parameters = SimulatedParameters.draw(world);
        int count = 2 + world.pick(7);
        for (int i = 0; i < count; i++) {
            byte[] key = new byte[Secret.LENGTH];
            world.random().fill(key);
            hosts.add(new Host(world, network, trace, invariants, i, Secret.owning(key), parameters));
        }
        for (int i = 1; i < count; i++) {
            join(hosts.get(i), hosts.getFirst());
        }
        trouble = new Trouble(world, network, hosts, 1);
        hosts.forEach(Host::boot);
        hosts.forEach(Host::bringUp);
    }

    private void join(Host client, Host server) {
        UintRange keepalive = world.chance(0.3) ? new UintRange(10, 25) : UintRange.ZERO;
        tunnels.add(client.addTunnel(server, true, keepalive));
        tunnels.add(server.addTunnel(client, world.chance(0.5), UintRange.ZERO));
    }

    void run() {
        try {
            runForAnHour();
        } catch (AssertionError | RuntimeException e) {
            trace.print();
            throw e;
        }
    }

    private void runForAnHour() {
        tunnels.forEach(this::talk);
        long end = world.now() + HOUR;
        while (world.now() < end) {
            calm(RECOVERY + world.seconds(10, 200));
            troubles++;
            trouble.run(world.now() + world.seconds(5, 150));
        }
        calm(RECOVERY + GRACE);
    }

    private void calm(long length) {
        isCalm = true;
        // what is still under way may be as late as the jitter was
        calmSince = world.now() + Trouble.LONGEST_DELAY;
        calmPackets.clear();
        // a tunnel that nobody uses has nothing to recover for
        tunnels.forEach(tunnel -> world.at(calmSince, () -> sendPacket(tunnel)));
        long end = calmSince + length;
        world.runUntil(calmSince + RECOVERY);
        checkRecovery();
        long recovered = world.now();
        world.runUntil(end);
        checkNothingWasLost(recovered, end - GRACE);
        isCalm = false;
    }

    private void checkRecovery() {
        for (Tunnel tunnel : tunnels) {
            long first = Long.MAX_VALUE;
            for (Map.Entry<Long, SentPacket> packet : calmPackets.entrySet()) {
                if (packet.getValue().tunnel == tunnel) {
                    first = Math.min(first, invariants.deliveredAt(packet.getKey()));
                }
            }
            if (first == Long.MAX_VALUE) {
                throw invariants.breach("no packet from " + tunnel.from + " to " + tunnel.to + " since "
                        + calmSince / World.MILLI + " ms");
            }
            worstRecovery = Math.max(worstRecovery, first - calmSince);
        }
    }

    private void checkNothingWasLost(long from, long to) {
        for (Map.Entry<Long, SentPacket> packet : calmPackets.entrySet()) {
            SentPacket sent = packet.getValue();
            boolean mustHaveArrived = sent.nanos >= from && sent.nanos < to;
            if (mustHaveArrived && invariants.deliveredAt(packet.getKey()) == Long.MAX_VALUE) {
                throw invariants.breach("packet " + packet.getKey() + " from " + sent.tunnel.from + " to "
                        + sent.tunnel.to + ", sent at " + sent.nanos / World.MILLI + " ms, was lost in calm");
            }
        }
    }

    /** Sends a packet now and then, for ever. */
    private void talk(Tunnel tunnel) {
        sendPacket(tunnel);
        world.after(isCalm ? world.seconds(0.5, 3) : world.seconds(0.1, 12), () -> talk(tunnel));
    }

    private void sendPacket(Tunnel tunnel) {
        byte[] packet = invariants.newPacket(world.pick(60));
        if (isCalm) {
            calmPackets.put(Invariants.numberOf(packet), new SentPacket(tunnel, world.now()));
        }
        tunnel.from.send(tunnel, packet);
    }

    long worstRecovery() {
        return worstRecovery;
    }

    int troubles() {
        return troubles;
    }

    Invariants invariants() {
        return invariants;
    }

    @Override
    public void close() {
        hosts.forEach(Host::close);
    }
}
