package skyawg.protocol.simulation;

import java.util.List;

/** What goes wrong between two calms: a bad network throughout, and accidents of single hosts. */
final class Trouble {
    /** How late a datagram of a trouble may be. */
    static final long LONGEST_DELAY = 2 * World.SECOND;

    private static final long HOUR = 3600 * World.SECOND;
    private static final long TEN_YEARS = 3650 * 24 * HOUR;

    private final World world;
    private final Network network;
    private final List<Host> hosts;
    private final int fixedHosts;

    Trouble(World world, Network network, List<Host> hosts, int fixedHosts) {
        this.world = world;
        this.network = network;
        this.hosts = hosts;
        this.fixedHosts = fixedHosts;
    }

    /** Lasts until a moment, when everything is mended. */
    void run(long end) {
        network.loss = world.chance(0.7) ? world.random().uniform(0, 60) / 100.0 : 0;
        network.duplication = world.chance(0.5) ? 0.3 : 0;
        network.corruption = world.chance(0.3) ? 0.05 : 0;
        network.jitter = world.chance(0.5) ? world.random().uniform(0, LONGEST_DELAY) : 0;
        if (world.chance(0.1)) {
            hosts.getFirst().setQueueLength(1000);
        }
        int accidents = world.pick(5);
        for (int i = 0; i < accidents; i++) {
            Host victim = hosts.get(world.pick(hosts.size()));
            long when = world.random().uniform(world.now(), end);
            world.at(when, () -> accident(victim, end));
        }
        world.runUntil(end);
        network.mend();
        for (Host host : hosts) {
            host.setUnplugged(false);
            host.setAsleep(false);
            host.setQueueLength(0);
        }
    }

    private void accident(Host victim, long end) {
        switch (world.pick(6)) {
            case 0 -> victim.restart();
            case 1 -> {
                victim.setUnplugged(true);
                world.at(Math.min(end, world.now() + world.seconds(0.5, 90)), () -> victim.setUnplugged(false));
            }
            case 2 -> {
                victim.setAsleep(true);
                world.at(Math.min(end, world.now() + world.seconds(1, 900)), () -> victim.setAsleep(false));
            }
            case 3 -> victim.turnClock(world.random().uniform(-HOUR, HOUR));
            case 4 -> victim.turnClock(world.chance(0.5) ? TEN_YEARS : -TEN_YEARS);
            default -> {
                if (hosts.indexOf(victim) >= fixedHosts) {
                    victim.roam();
                }
            }
        }
    }
}
