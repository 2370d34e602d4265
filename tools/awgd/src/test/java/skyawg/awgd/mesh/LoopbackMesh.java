package skyawg.awgd.mesh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import skyawg.datapath.forward.PacketLoops;
import skyawg.datapath.forward.TunnelOptions;
import skyawg.mesh.lsp.SetupFailure;
import skyawg.mesh.path.Hop;
import skyawg.mesh.path.Path;
import skyawg.mesh.tunnel.Paths;
import skyawg.protocol.crypto.Aeads;
import skyawg.protocol.crypto.X25519Keys;
import skyawg.protocol.mpls.LspEnd;
import skyawg.protocol.names.IpAddress;
import skyawg.protocol.names.PublicKey;
import skyawg.protocol.names.Secret;
import skyawg.protocol.record.MeshName;
import skyawg.protocol.record.NetworkParameters;
import skyawg.protocol.record.Role;
import skyawg.protocol.setup.DialableAddresses;
import skyawg.protocol.setup.ReplyRecord;
import skyawg.protocol.tunnel.TunnelRefusedException;

/** Nodes over real sockets of loopback, where nobody knows anybody but by records. */
final class LoopbackMesh implements AutoCloseable {
    private static final IpAddress ADDRESS = IpAddress.parse("127.0.0.1");

    final List<MeshNode> nodes = new ArrayList<>();
    private final PacketLoops threads;

    LoopbackMesh() {
        this(PacketLoops.together(false));
    }

    LoopbackMesh(PacketLoops threads) {
        this.threads = threads;
    }

    MeshNode node(String name, int roles) throws IOException, TunnelRefusedException {
        try (Secret key = X25519Keys.generate()) {
            MeshNode node = new MeshNode(
                    name,
                    new TunnelOptions(threads, true, Aeads.best()),
                    NetworkParameters.derive(new MeshName("lab"), null),
                    key,
                    new MeshNode.Offer(roles, ADDRESS, 0, DialableAddresses.ANY));
            nodes.add(node);
            return node;
        }
    }

    /** Disjoint routes over two transits each, whose nodes come in pairs behind the egress. */
    List<Path> routes(int count, MeshNode egress) throws IOException, TunnelRefusedException {
        List<Path> routes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            MeshNode first = node("t" + 2 * i, Role.TRANSIT.bit());
            MeshNode second = node("t" + (2 * i + 1), Role.TRANSIT.bit());
            routes.add(new Path(List.of(hop(first), hop(second), hop(egress))));
        }
        return routes;
    }

    private static Hop hop(MeshNode node) {
        return new Hop(node.record(), node.record().endpoint4().orElseThrow());
    }

    @Override
    public void close() {
        nodes.forEach(MeshNode::close);
    }

    /** Paths in their order. */
    static final class Listed implements Paths {
        private final List<Path> all;
        final List<String> failures = new CopyOnWriteArrayList<>();
        private final List<Path> broken = new CopyOnWriteArrayList<>();
        private final Semaphore up = new Semaphore(0);

        Listed(List<Path> all) {
            this.all = all;
        }

        /** Waits until payload has come back through so many of them. */
        void await(int count) {
            try {
                if (!up.tryAcquire(count, 10, TimeUnit.SECONDS)) {
                    throw new AssertionError("paths up: " + up.availablePermits() + ", failed: " + failures);
                }
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** How many have come up beside those waited for. */
        int upSinceAwaited() {
            return up.availablePermits();
        }

        @Override
        public List<Path> choose(int wanted, List<Path> kept, @Nullable PublicKey egress, long unixSeconds) {
            return all.stream()
                    .filter(path -> !kept.contains(path) && !broken.contains(path))
                    .limit(wanted)
                    .toList();
        }

        @Override
        public void failed(Path path, SetupFailure failure, long unixSeconds) {
            failures.add(failure.toString());
        }

        @Override
        public void silent(Path path, long unixSeconds) {
            failures.add("silent");
        }

        @Override
        public void cut(Path path, int hop, boolean isSaid, long unixSeconds) {
            broken.add(path);
            failures.add("cut behind hop " + hop + (isSaid ? ", as it says" : ""));
        }

        @Override
        public void broke(Path path, LspEnd end, long unixSeconds) {
            broken.add(path);
            failures.add("broke: " + end);
        }

        @Override
        public void worked(Path path, List<ReplyRecord> replies, long roundTripNanos, long unixSeconds) {
            up.release();
        }

        @Override
        public void left(Path path) {
            // Those that are wanted again come in their order.
        }
    }
}
