package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

/**
 * Prints what it costs to find the entry of a label with 10, 1 000, 10 000 and 65 536 LSPs through a node: the packets
 * of a batch lie in memory, each of any LSP; their kinds and labels are read and the entries found. With the argument
 * {@code forward} it goes on to what each entry says: whether it is open, the next hop, the out-label, and counts.
 * Neighbours have as many LSPs as one may, so with more LSPs there are more of them.
 *
 * <pre>java -XX:+UseSerialGC -cp target/classes:target/test-classes:... skyawg.protocol.mpls.LookupCost</pre>
 */
public final class LookupCost {
    private static final int[] LSPS = {10, 1_000, 10_000, 65_536};
    private static final int BATCH = 64;
    private static final int BATCHES = 10_000;
    private static final int ROUNDS = 15;
    private static final long SLOT = 2048;
    private static final int ENTRY = LabelStackEntry.of(0xaaaaa);

    private LookupCost() {}

    /** A node with LSPs, and packets for them in random order. */
    private static final class Node implements LspListener<Object, Object> {
        private final List<Neighbour<Object, Object>> fromOf = new ArrayList<>();
        private final int[] labels;

        private Node(int lsps) {
            labels = new int[lsps];
            Lfib<Object, Object> lfib = new Lfib<>(new SeededEntropy(lsps), LspBounds.DEFAULT, this);
            Neighbour<Object, Object> to = lfib.addNeighbour(new Object());
            Neighbour<Object, Object> from = lfib.addNeighbour(new Object());
            for (int i = 0; i < lsps; i++) {
                if (from.lspCount() == LspBounds.DEFAULT.perNeighbour()) {
                    from = lfib.addNeighbour(new Object());
                }
                Lsp<Object, Object> lsp = lfib.beginTransit(from, ENTRY, to, LspMode.ONION, 0);
                if (lsp == null) {
                    throw new IllegalStateException("no place for LSP " + i);
                }
                lfib.install(lsp, ENTRY, 3600, new Object(), 0);
                Nhlfe<Object, Object> forward = lsp.forward();
                fromOf.add(from);
                labels[i] = forward == null ? 0 : forward.inLabel();
            }
        }

        @Override
        public void sendRelease(Object adjacency, int entry, int reasonCode) {}

        @Override
        public void sendBroken(Lsp<Object, Object> lsp, ReleaseReason reason) {}

        @Override
        public void ended(Lsp<Object, Object> lsp, LspEnd end) {}
    }

    public static void main(String[] arguments) {
        double[][] nanos = new double[LSPS.length][ROUNDS];
        Node[] nodes = new Node[LSPS.length];
        for (int i = 0; i < LSPS.length; i++) {
            nodes[i] = new Node(LSPS[i]);
        }
        boolean isForwarding = arguments.length > 0 && arguments[0].equals("forward");
        try (OffHeap memory = new OffHeap()) {
            long packets = memory.allocate((int) (BATCH * SLOT));
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < LSPS.length; i++) {
                    nanos[i][round] = measure(nodes[i], packets, round, isForwarding);
                }
            }
        }
        double few = 0;
        for (int i = 0; i < LSPS.length; i++) {
            Arrays.sort(nanos[i]);
            double median = nanos[i][ROUNDS / 2];
            few = i == 0 ? median : few;
            System.out.printf("%6d LSPs: %.1f ns a packet, %.2f times 10 LSPs%n", LSPS[i], median, median / few);
        }
    }

    /** Only the lookups are timed, not the filling of the batch. */
    private static double measure(Node node, long packets, int seed, boolean isForwarding) {
        SeededEntropy random = new SeededEntropy(seed);
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Neighbour<Object, Object>[] from = new Neighbour[BATCH];
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        @Nullable
        Nhlfe<Object, Object>[] found = new Nhlfe[BATCH];
        long spent = 0;
        for (int batch = 0; batch < BATCHES; batch++) {
            for (int i = 0; i < BATCH; i++) {
                int lsp = (int) random.uniform(0, node.labels.length - 1);
                from[i] = node.fromOf.get(lsp);
                LabelledPacket.push(packets + i * SLOT, LabelStackEntry.of(node.labels[lsp]), 1300);
            }
            long begin = System.nanoTime();
            for (int i = 0; i < BATCH; i++) {
                long packet = packets + i * SLOT;
                boolean isLabel = LinkPayload.classify(packet, 1380) == LinkPayload.LABEL;
                found[i] = isLabel ? from[i].labels().lookup(LabelledPacket.label(packet)) : null;
            }
            if (isForwarding) {
                forward(found, packets, begin);
            }
            spent += System.nanoTime() - begin;
            for (Nhlfe<Object, Object> entry : found) {
                if (entry == null) {
                    throw new IllegalStateException("a label was not found");
                }
            }
        }
        return spent / (double) (BATCHES * BATCH);
    }

    private static void forward(@Nullable Nhlfe<Object, Object>[] found, long packets, long now) {
        for (int i = 0; i < BATCH; i++) {
            Nhlfe<Object, Object> entry = found[i];
            if (entry == null || !entry.isOpen() || entry.outAdjacency() == null) {
                throw new IllegalStateException("no next hop");
            }
            LabelledPacket.swap(packets + i * SLOT, entry.outEntry());
            entry.count(1300, now);
        }
    }
}
