package skyawg.protocol.mpls;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.OffHeap;
import skyawg.protocol.crypto.SeededEntropy;
import skyawg.protocol.names.Cidr;
import skyawg.protocol.wire.Memory;

/** What packet threads call allocates nothing, and a node full of LSPs needs a bounded amount of memory. */
final class ForwardingCostTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** The counter itself may be read with a little garbage; a hundred thousand calls may leave less than this. */
    private static final long NEXT_TO_NOTHING = 10_000;

    /** Of the 600 bytes that an LSP may cost, the rest is for its hop keys, which are off the heap and not ours. */
    private static final long MAX_BYTES_PER_LSP = 300;

    private static final int ENTRY = LabelStackEntry.of(0xaaaaa);

    private static final class Silent implements LspListener<String, String> {
        @Override
        public void sendRelease(String adjacency, int entry, int reasonCode) {}

        @Override
        public void sendBroken(Lsp<String, String> lsp, ReleaseReason reason) {}

        @Override
        public void ended(Lsp<String, String> lsp, LspEnd end) {}
    }

    private final Lfib<String, String> lfib = new Lfib<>(new SeededEntropy(1), LspBounds.DEFAULT, new Silent());

    /** Transit LSPs, spread over so many neighbours on each side. */
    private List<Neighbour<String, String>> fill(int neighbours, int lspsEach) {
        List<Neighbour<String, String>> all = new ArrayList<>();
        for (int i = 0; i < neighbours; i++) {
            all.add(lfib.addNeighbour("n" + i));
        }
        for (int i = 0; i < neighbours; i++) {
            for (int j = 0; j < lspsEach; j++) {
                Neighbour<String, String> to = all.get((i + 1 + j % (neighbours - 1)) % neighbours);
                Lsp<String, String> lsp = requireNonNull(lfib.beginTransit(all.get(i), ENTRY, to, LspMode.ONION, 0));
                lfib.install(lsp, ENTRY, 600, "keys", 0);
                requireNonNull(lsp.forward()).count(100, 1);
            }
        }
        lfib.advance(10_000_000_000L);
        return all;
    }

    @Test
    void forwardingAllocatesNothing() {
        Neighbour<String, String> from = fill(2, 100).getFirst();
        List<Integer> bound = new ArrayList<>();
        from.labels().forEach(entry -> bound.add(entry.inLabel()));
        int[] labels = bound.stream().mapToInt(Integer::intValue).toArray();
        Ftn<Object, String> ftn = new Ftn<>();
        Object client = new Object();
        ftn.replace(List.of(
                new FtnRule<>(null, Cidr.parse("0.0.0.0/0"), FtnRule.ANY_DSCP, "internet"),
                new FtnRule<>(client, Cidr.parse("10.0.0.0/8"), 46, "ten"),
                new FtnRule<>(null, Cidr.parse("200::/7"), FtnRule.ANY_DSCP, "ygg")));
        MessageAllowance allowance = new MessageAllowance(10);
        try (OffHeap memory = new OffHeap()) {
            long packet = memory.allocate(1400);
            Runnable forwarding = () -> {
                for (int i = 0; i < 100_000; i++) {
                    LabelledPacket.push(packet, LabelStackEntry.of(labels[i % labels.length]), 1300);
                    LinkPayload kind = LinkPayload.classify(packet, 1380);
                    Nhlfe<String, String> entry = from.labels().lookup(LabelledPacket.label(packet));
                    if (kind != LinkPayload.LABEL || entry == null || !entry.isOpen()) {
                        throw new IllegalStateException("a packet was lost at " + i);
                    }
                    LabelledPacket.swap(packet, entry.outEntry());
                    entry.count(1300, i);
                    boolean isRouted = "ten".equals(ftn.lookupV4(client, client, 0x0a00_0000 + i, 46))
                            && "ygg".equals(ftn.lookupV6(client, client, 0x0200_0000_0000_0000L, i, 0));
                    if (!isRouted || from.labels().lookup(0x6ffff) != null) {
                        throw new IllegalStateException("wrong way at " + i);
                    }
                    allowance.take(i);
                    Memory.putByte(packet, 0);
                }
            };
            forwarding.run();
            long before = THREADS.getCurrentThreadAllocatedBytes();
            forwarding.run();
            assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(NEXT_TO_NOTHING);
        }
    }

    /** 64 neighbours with 1 024 each: what the specification allows. */
    @Test
    void fullNodeNeedsLittleMemory() {
        long before = usedHeap();
        List<Neighbour<String, String>> neighbours = fill(64, 1_024);
        long each = (usedHeap() - before) / lfib.size();
        System.out.println("an LSP needs " + each + " bytes of heap");
        assertThat(lfib.size()).isEqualTo(65_536);
        assertThat(lfib.admission(neighbours.getFirst())).isEqualTo(Admission.NEIGHBOUR_FULL);
        assertThat(each).isBetween(100L, MAX_BYTES_PER_LSP);
    }

    /** Ended LSPs leave their labels resting, and then nothing. */
    @Test
    void endedLspsLeaveNothing() {
        List<Neighbour<String, String>> neighbours = fill(16, 500);
        long before = usedHeap();
        for (Lsp<String, String> lsp : lfib.all()) {
            lfib.end(lsp, LspEnd.DONE, 0);
        }
        for (Neighbour<String, String> neighbour : neighbours) {
            lfib.removeNeighbour(neighbour, 0);
        }
        assertThat(lfib.size()).isZero();
        neighbours.clear();
        assertThat(before - usedHeap()).isGreaterThan(16 * 500 * 100);
    }

    /** How many slots a lookup looks at, which is what could grow: with 10 000 LSPs hardly more than with 10. */
    @Test
    void lookupLooksAtFewSlotsHoweverManyLabelsThereAre() {
        for (int labels : new int[] {10, 100, 1_000, 10_000, 100_000}) {
            Ilm<String, String> ilm = new Ilm<>();
            SeededEntropy random = new SeededEntropy(labels);
            List<Integer> bound = new ArrayList<>();
            while (bound.size() < labels) {
                int label = (int) random.uniform(LabelStackEntry.MIN_LABEL, LabelStackEntry.MAX_LABEL);
                if (ilm.lookup(label) == null) {
                    ilm.bind(label, Nhlfe.manual("a", 0x80000, 0));
                    bound.add(label);
                }
            }
            double slots = 0;
            for (int label : bound) {
                slots += ilm.slotsSearched(label);
            }
            System.out.printf("%d labels: %.2f slots a lookup%n", labels, slots / labels);
            assertThat(slots / labels).isBetween(1.0, 1.5);
        }
    }

    /**
     * Four collections: of the serial collector only each fourth compacts everything (MarkSweepAlwaysCompactCount), and
     * the others may leave a twentieth of the old generation as it lies, with what earlier tests left behind.
     */
    private static long usedHeap() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
