package skyawg.protocol.mpls;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;

/**
 * Prints what the lookup of a label costs with 10, 1 000 and 10 000 LSPs through a node, side by side: the packets of a
 * batch lie in memory, each of any LSP, and of each its kind, its label and the entry's next hop are read. Neighbours
 * have as many LSPs as one may, so there are more of them with more LSPs.
 *
 * <pre>java -XX:+UseSerialGC -cp target/classes:target/test-classes:... skyawg.protocol.mpls.LookupCost</pre>
 */
public final class LookupCost {
    private static final int[] LSPS = {10, 1_000, 10_000, 65_536};
    private static final int BATCH = 64;
    private static final int BATCHES = 20_000;
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
        boolean isCounting = arguments.length > 0 && arguments[0].equals("count");
        try (OffHeap memory = new OffHeap()) {
            long packets = memory.allocate((int) (BATCH * SLOT));
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < LSPS.length; i++) {
                    nanos[i][round] = measure(nodes[i], packets, round, isCounting);
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
    private static double measure(Node node, long packets, int seed, boolean isCounting) {
        SeededEntropy random = new SeededEntropy(seed);
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type
        Neighbour<Object, Object>[] from = new Neighbour[BATCH];
        @Nullable Object last = null;
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
                if (LinkPayload.classify(packet, 1380) != LinkPayload.LABEL) {
                    throw new IllegalStateException("no label");
                }
                Nhlfe<Object, Object> entry = from[i].labels().lookup(LabelledPacket.label(packet));
                if (entry == null || !entry.isOpen()) {
                    throw new IllegalStateException("no entry");
                }
                last = entry.outAdjacency();
                if (isCounting) {
                    entry.count(1300, begin);
                }
            }
            spent += System.nanoTime() - begin;
        }
        if (last == null) {
            throw new IllegalStateException("no next hop");
        }
        return spent / (double) (BATCHES * BATCH);
    }
}
