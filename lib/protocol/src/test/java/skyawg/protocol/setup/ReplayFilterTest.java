package skyawg.protocol.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import skyawg.protocol.crypto.SeededEntropy;

/** Which keys E are remembered, and for how long. */
final class ReplayFilterTest {
    private final ReplayFilter filter = new ReplayFilter(new SeededEntropy(1));

    @Test
    void remembersAKeyFor300SecondsEvenWhereTheClocksNumberChangesItsSign() {
        long start = Math.subtractExact(Long.MAX_VALUE, 5);
        filter.add(key(1), start);
        assertThat(filter.contains(key(1), start)).isTrue();
        assertThat(filter.contains(key(2), start)).isFalse();
        assertThat(filter.contains(key(1), start + ReplayFilter.LIFETIME_NANOS - 1))
                .isTrue();
        assertThat(filter.contains(key(1), start + ReplayFilter.LIFETIME_NANOS)).isFalse();
        assertThat(filter.size()).isZero();
    }

    @Test
    void everyBitOfAKeyCounts() {
        filter.add(new byte[32], 0);
        for (int bit = 0; bit < 256; bit++) {
            byte[] other = new byte[32];
            other[bit / 8] = (byte) (1 << bit % 8);
            assertThat(filter.contains(other, 0)).as("bit " + bit).isFalse();
        }
    }

    @Test
    void isFullAt65536AndHasRoomWhenTheOldestExpires() {
        for (int i = 0; i < ReplayFilter.MAX_ENTRIES; i++) {
            assertThat(filter.isFull(i)).isFalse();
            filter.add(key(i), i);
        }
        assertThat(filter.isFull(ReplayFilter.MAX_ENTRIES)).isTrue();
        assertThat(filter.contains(key(0), ReplayFilter.MAX_ENTRIES)).isTrue();
        assertThat(filter.isFull(ReplayFilter.LIFETIME_NANOS)).isFalse();
        assertThat(filter.contains(key(0), ReplayFilter.LIFETIME_NANOS)).isFalse();
        assertThat(filter.contains(key(1), ReplayFilter.LIFETIME_NANOS)).isTrue();
    }

    @Property(tries = 50)
    void answersAsAMapWithTimesDoes(@ForAll long seed) {
        Random random = new Random(seed);
        ReplayFilter tried = new ReplayFilter(new SeededEntropy(seed));
        Map<Integer, Long> model = new HashMap<>();
        long now = random.nextLong();
        for (int step = 0; step < 2000; step++) {
            now += random.nextLong(ReplayFilter.LIFETIME_NANOS / 200);
            int id = random.nextInt(500);
            Long added = model.get(id);
            boolean isRemembered = added != null && now - added < ReplayFilter.LIFETIME_NANOS;
            assertThat(tried.contains(key(id), now)).isEqualTo(isRemembered);
            if (!isRemembered) {
                tried.add(key(id), now);
                model.put(id, now);
            }
        }
        long end = now;
        model.values().removeIf(added -> end - added >= ReplayFilter.LIFETIME_NANOS);
        assertThat(tried.size()).isEqualTo(model.size());
    }

    private static byte[] key(int id) {
        return ByteBuffer.allocate(32).putInt(12, id).array();
    }
}
