package skyawg.sim;

import org.jspecify.annotations.Nullable;
import skyawg.awgd.mesh.Blame;
import skyawg.awgd.mesh.ChosenPaths;
import skyawg.awgd.mesh.KeptTunnel;
import skyawg.awgd.mesh.MeshNode;
import skyawg.awgd.mesh.OpenTunnel;
import skyawg.awgd.mesh.SampleCare;
import skyawg.awgd.mesh.TunnelEdges;
import skyawg.control.mesh.TunnelConfig;
import skyawg.datapath.tunnel.IngressEdge;
import skyawg.datapath.tunnel.Outlet;
import skyawg.datapath.tunnel.TunnelEnd;
import skyawg.mesh.lsp.Deadlines;
import skyawg.mesh.nodes.Claim;
import skyawg.mesh.nodes.Guards;
import skyawg.mesh.nodes.NodeSample;
import skyawg.mesh.nodes.Vantage;
import skyawg.mesh.path.NodeTags;
import skyawg.mesh.path.PathChooser;
import skyawg.mesh.tunnel.Prefixes;
import skyawg.mesh.tunnel.TunnelState;
import skyawg.protocol.crypto.Entropy;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.record.AddressedRecord;

/** A node's own tunnel, as the daemon's defaults are, and what it knows of others. */
final class Ingress implements TunnelEdges {
    private static final TunnelConfig CONFIG = TunnelConfig.of("internet");
    private static final long CARE_NANOS = Timeline.SECOND;

    /** Of records that one lookup brings: a bucket of discovery's table. */
    private static final int RECORDS = 16;

    private static final int OLDEST_AT_START_SECONDS = 1_800;

    private final Simulation world;
    private final SimNode node;
    private final NodeSample sample;
    private final SampleCare care;
    private final CountedPaths paths;
    private final OpenTunnel open;
    private final boolean isForTrials;
    private long careNanos;
    private long lookupNanos;
    private long beganNanos;
    private boolean isUp;

    Ingress(Simulation world, SimNode node, boolean isForTrials) {
        this.world = world;
        this.node = node;
        this.isForTrials = isForTrials;
        Entropy entropy = node.entropy();
        Vantage vantage = new Vantage(node.key(), Vantage.IPV4, _ -> true);
        sample = new NodeSample(Simulation.NETWORK, vantage, entropy);
        Guards guards = new Guards(sample, vantage, entropy);
        care = new SampleCare(sample, guards, vantage, node::askForRecord, () -> {});
        fillSample();
        PathChooser chooser = new PathChooser(sample, vantage, NodeTags.families(), entropy);
        ChosenPaths chosen = new ChosenPaths(chooser, guards, new Blame(sample), KeptTunnel.policy(CONFIG));
        paths = new CountedPaths(chosen, world, node, isForTrials);
        long now = world.timeline().nowNanos();
        beganNanos = now;
        lookupNanos = now + lookupPause();
        care.advance(world.timeline().unixSeconds());
        open = new OpenTunnel(
                node.signalling(),
                node.ends(),
                this,
                MeshNode.Clients.NONE,
                KeptTunnel.terms(CONFIG),
                CONFIG.scheduler(),
                paths,
                entropy,
                () -> {},
                now);
    }

    /** Has found as many nodes as it may by now, some lately and some half an hour ago; of those some have gone. */
    private void fillSample() {
        Directory directory = world.directory();
        long unixSeconds = world.timeline().unixSeconds();
        int wanted = Math.min(NodeSample.MAX_NODES, directory.size());
        double goingPerSecond = world.settings().churnPercent() / 100 / 3_600;
        for (int i = 0; i < wanted; i++) {
            Directory.Entry found =
                    wanted == directory.size() ? directory.all().get(i) : directory.draw(node.entropy());
            long age = node.entropy().uniform(0, OLDEST_AT_START_SECONDS);
            boolean hasGone = world.fraction(node.entropy()) < 1 - StrictMath.exp(-goingPerSecond * age);
            Directory.Entry entry = hasGone ? world.drawGone() : found;
            sample.offer(entry.addressed, entry.origin, unixSeconds - age);
        }
    }

    private long lookupPause() {
        double jitter = 0.75 + world.fraction(node.entropy()) / 2;
        return (long) (world.settings().lookupSeconds() * jitter * Timeline.SECOND);
    }

    /** Takes what discovery finds; it hands over again what the daemon has not heard for a while. */
    private void lookUp(long unixSeconds) {
        for (int i = 0; i < RECORDS; i++) {
            Directory.Entry found = world.directory().draw(node.entropy());
            long heard = sample.find(found.addressed.node().staticKey())
                    .flatMap(known -> known.current(unixSeconds))
                    .map(Claim::heardUnixSeconds)
                    .orElse(0L);
            PublicKey key = found.addressed.node().staticKey();
            // Discovery greets whom it has heard of before it tells.
            boolean answers = world.diedNanos(key) == Simulation.ALIVE;
            if (answers && unixSeconds - heard >= world.settings().againSeconds()) {
                sample.offer(found.addressed, found.origin, unixSeconds);
            }
        }
    }

    void learned(PublicKey neighbour, AddressedRecord said) {
        if (care.learned(neighbour, said, world.timeline().unixSeconds())) {
            open.tunnel().onNodesChanged(world.timeline().nowNanos());
        }
    }

    void advance(long nowNanos, long unixSeconds) {
        if (nowNanos - lookupNanos >= 0) {
            lookupNanos = nowNanos + lookupPause();
            lookUp(unixSeconds);
        }
        open.advance(nowNanos, unixSeconds);
        if (nowNanos - careNanos >= 0) {
            careNanos = nowNanos + CARE_NANOS;
            care.advance(unixSeconds);
            look(nowNanos);
        }
    }

    private void look(long nowNanos) {
        boolean isUpNow = open.tunnel().state() == TunnelState.UP;
        if (isUpNow != isUp) {
            isUp = isUpNow;
            if (isUpNow) {
                world.figures().tunnelUp(nowNanos - beganNanos);
            } else {
                beganNanos = nowNanos;
                world.figures().tunnelDown();
            }
        }
    }

    long nextDeadline(long nowNanos) {
        long next = Deadlines.earlier(open.nextDeadline(nowNanos), careNanos, nowNanos);
        return Deadlines.earlier(next, lookupNanos, nowNanos);
    }

    SimNode node() {
        return node;
    }

    OpenTunnel open() {
        return open;
    }

    CountedPaths paths() {
        return paths;
    }

    NodeSample sample() {
        return sample;
    }

    boolean isForTrials() {
        return isForTrials;
    }

    boolean isUp() {
        return open.tunnel().state() == TunnelState.UP;
    }

    @Override
    public Outlet outlet(IngressEdge.Route route) {
        return world.trials()::atIngress;
    }

    @Override
    public void lead(
            IngressEdge.Route route, @Nullable TunnelEnd end, MeshNode.Clients clients, @Nullable Prefixes granted) {
        // Users' packets are put into the tunnel's end by the trials.
    }
}
