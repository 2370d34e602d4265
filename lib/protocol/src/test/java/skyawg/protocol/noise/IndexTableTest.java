package skyawg.protocol.noise;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SystemEntropy;
import skyawg.protocol.names.PublicKey;

final class IndexTableTest {
    private final IndexTable table = new IndexTable(new SystemEntropy());
    private final Peer peer = new Peer(PublicKey.of(new byte[PublicKey.LENGTH]), _ -> {});

    /** A8: 100 000 live indices are distinct and each of their bits and bytes is even. */
    @Test
    void drawsAllThirtyTwoBitsEvenly() {
        int draws = 100_000;
        Set<Integer> seen = new HashSet<>();
        int[][] byteCounts = new int[Integer.BYTES][256];
        for (int i = 0; i < draws; i++) {
            int index = table.allocate(peer);
            assertThat(seen.add(index)).isTrue();
            for (int position = 0; position < Integer.BYTES; position++) {
                byteCounts[position][index >>> (8 * position) & 0xff]++;
            }
        }
        for (int[] counts : byteCounts) {
            // 255 degrees of freedom: mean 255, deviation 22.6. Eight deviations do not happen by chance.
            assertThat(chiSquare(counts, draws / 256.0)).isCloseTo(255, within(8 * 22.6));
        }
        assertThat(table.size()).isEqualTo(draws);
    }

    @Test
    void findsWhatWasAllocatedUntilItIsReleased() {
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            indices.add(table.allocate(peer));
        }
        for (int i = 0; i < indices.size(); i += 2) {
            table.release(indices.get(i));
        }
        for (int i = 0; i < indices.size(); i++) {
            IndexTable.Entry entry = table.lookup(indices.get(i));
            if (i % 2 == 0) {
                assertThat(entry).isNull();
            } else {
                assertThat(requireNonNull(entry).peer()).isSameAs(peer);
                assertThat(entry.keypair()).isNull();
            }
        }
        assertThat(table.size()).isEqualTo(5_000);
    }

    @Test
    void promotesAHandshakeToItsSession() {
        int index = table.allocate(peer);
        Keypair keypair = TestKeypairs.of(peer, index);
        table.promote(index, keypair);
        IndexTable.Entry entry = table.lookup(index);
        assertThat(requireNonNull(entry).keypair()).isSameAs(keypair);
        assertThat(table.size()).isEqualTo(1);
        table.release(index);
        assertThat(table.lookup(index)).isNull();
    }

    @Test
    void releasingTwiceIsHarmless() {
        int index = table.allocate(peer);
        table.release(index);
        table.release(index);
        assertThat(table.size()).isZero();
    }

    /** A reader never misses an entry that is there all along, whatever the writer does around it. */
    @Test
    void readerSeesEveryLastingEntryWhileTheTableChanges() throws InterruptedException {
        int[] lasting = new int[100];
        for (int i = 0; i < lasting.length; i++) {
            lasting[i] = table.allocate(peer);
        }
        AtomicBoolean done = new AtomicBoolean();
        AtomicBoolean missed = new AtomicBoolean();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                for (int index : lasting) {
                    if (table.lookup(index) == null) {
                        missed.set(true);
                    }
                }
            }
        });
        reader.start();
        for (int round = 0; round < 20; round++) {
            List<Integer> passing = new ArrayList<>();
            for (int i = 0; i < 5_000; i++) {
                passing.add(table.allocate(peer));
            }
            for (int index : lasting) {
                table.promote(index, TestKeypairs.of(peer, index));
            }
            passing.forEach(table::release);
        }
        done.set(true);
        reader.join();
        assertThat(missed).isFalse();
        assertThat(table.size()).isEqualTo(lasting.length);
    }

    private static double chiSquare(int[] counts, double expected) {
        double sum = 0;
        for (int count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }
}
